import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService, SchedulerServiceTaskInvocationDefinition } from '@backstage/backend-plugin-api';

/** Changes of one moment are indexed together. */
const GATHER_MS = 500;
/** An index that takes long to make is made less often: it works at most this part of the time. */
const SHARE = 0.1;
const RETRY_MS = 5_000;

/**
 * Runs a task of the search index when told that something changed, instead of by the clock: at once after a quiet time, and
 * under steady change as often as the work it takes allows. The task runs in every process, since an index may be in memory.
 */
export class ChangeDrivenRunner {
  private wake: () => void = () => {};
  private changed = false;

  constructor(private readonly options: { logger: LoggerService; signal: AbortSignal; restMs: number }) {}

  /** Something that is indexed is not as it was. */
  trigger(): void {
    this.changed = true;
    this.wake();
  }

  /** Called once by the index, with the task to run. */
  async run({ id, fn }: SchedulerServiceTaskInvocationDefinition): Promise<void> {
    void this.loop(id, fn);
  }

  private async loop(id: string, fn: SchedulerServiceTaskInvocationDefinition['fn']): Promise<void> {
    const { signal, logger, restMs } = this.options;
    signal.addEventListener('abort', () => this.wake());
    while (!signal.aborted) {
      if (!this.changed) await new Promise<void>(resolve => (this.wake = resolve));
      await this.pause(GATHER_MS);
      if (signal.aborted) return;
      this.changed = false;
      const began = Date.now();
      try {
        await fn(signal);
        await this.pause(Math.max(restMs, (Date.now() - began) / SHARE));
      } catch (error) {
        this.changed = true;
        logger.warn(`Indexing ${id} failed and is tried again`, error as Error);
        await this.pause(RETRY_MS);
      }
    }
  }

  private pause(ms: number): Promise<void> {
    // An end while waiting is not a failure; the loop looks at the signal.
    return sleep(ms, undefined, { signal: this.options.signal }).catch(() => undefined);
  }
}
