import { cloneJson } from '@krate/resource-model';
import { LoggerService } from '@backstage/backend-plugin-api';
import { backoffDelay } from '../backoff';
import { Clock, sleep } from '../Clock';
import { Effect, EffectAborted, EffectError, EffectKey, EffectState, Observation } from '../defineReconciler';
import { LeaseLostError } from '../leases/LeaseStore';
import { moments } from '../moments';
import { EffectOutcome, EffectRecord, EffectStore } from './EffectStore';
import { ProgressReporter } from './ProgressReporter';

const RETRY = { base: 1_000, max: 300_000 };
const STORE_RETRY = { base: 200, max: 10_000 };
const DEFAULT_MAX_ATTEMPTS = 5;

/** What an attempt led to: a final state, another attempt later, or nothing because the process stops. */
export type AttemptEnd = EffectOutcome['state'] | 'again' | 'left';

type Postponed = { state: 'Pending'; error: EffectState['error'] };

/** One unfinished effect in this process: performs the steps described at the door of EffectRunner. */
export class RunningEffect {
  private controller = new AbortController();
  private readonly shutdown = new AbortController();
  private current?: Promise<AttemptEnd>;

  constructor(
    readonly record: EffectRecord,
    private readonly options: {
      effect: Effect;
      store: EffectStore;
      logger: LoggerService;
      clock: Clock;
      random?: () => number;
      /** Throws `LeaseLostError` when another process may be performing by now. */
      assertHeld?(): void;
      wake(): void;
    },
  ) {
    if (record.cancelRequested) this.controller.abort(new EffectAborted('cancel'));
  }

  /** Effects of one group never run together. */
  get group(): string {
    const { id, keyed, name, owner } = this.record;
    return keyed ? id : `${owner.uid}/${name}`;
  }

  get isRunning(): boolean {
    return this.current !== undefined;
  }

  /** Asks it to stop; the request is already on disk. */
  cancel(): void {
    this.record.cancelRequested = true;
    this.controller.abort(new EffectAborted('cancel'));
  }

  /** Aborts for shutdown and resolves when nothing of it runs in this process. */
  async letGo(): Promise<void> {
    this.shutdown.abort();
    this.controller.abort(new EffectAborted('shutdown'));
    await this.current;
  }

  attempt(): Promise<AttemptEnd> {
    this.current = this.tryOnce().finally(() => {
      this.current = undefined;
    });
    return this.current;
  }

  private async tryOnce(): Promise<AttemptEnd> {
    const progress = new ProgressReporter(this.options.clock, value => this.storeProgress(value));
    const outcome = await this.act(progress);
    await progress.flush();
    if (outcome === 'left') return 'left';
    return this.persist(outcome, progress.latest);
  }

  private async act(progress: ProgressReporter): Promise<EffectOutcome | Postponed | 'left'> {
    const { record } = this;
    if (record.cancelRequested && record.attempts === 0) return { state: 'Cancelled' };
    try {
      const observation = await this.observe();
      // Copied here so that a result which is not JSON is a failure of the effect, not of its record.
      if (observation.state === 'done') return { state: 'Succeeded', result: asJson(observation.result) };
      if (this.shutdown.signal.aborted) return 'left';
      if (record.cancelRequested && observation.state === 'absent') return { state: 'Cancelled' };
      return { state: 'Succeeded', result: asJson(await this.perform(progress)) };
    } catch (error) {
      return this.failed(error);
    }
  }

  private observe(): Promise<Observation<unknown>> {
    return this.options.effect.observe(this.key, cloneJson(this.record.input));
  }

  private async perform(progress: ProgressReporter): Promise<unknown> {
    const { effect, store, clock, wake, assertHeld } = this.options;
    await store.begin(this.record.id, clock.now());
    moments.begun.publish(this.record.id);
    this.record.attempts += 1;
    wake();
    // The last look before the act: whatever held this process up may have taken longer than the lease.
    assertHeld?.();
    const result = await effect.perform(this.key, cloneJson(this.record.input), {
      signal: this.controller.signal,
      progress: cloneJson(this.record.progress),
      report: value => progress.report(value),
    });
    moments.performed.publish(this.record.id);
    return result;
  }

  private get key(): EffectKey {
    return { id: this.record.id, owner: { ...this.record.owner } };
  }

  private failed(thrown: unknown): EffectOutcome | Postponed | 'left' {
    if (this.shutdown.signal.aborted || thrown instanceof LeaseLostError) return 'left';
    const error = describe(thrown);
    const { effect, logger } = this.options;
    const stopFailed = thrown instanceof EffectError && thrown.retryable;
    if (this.record.cancelRequested && !stopFailed) {
      return { state: 'Cancelled', ...(!(thrown instanceof EffectAborted) && { error }) };
    }
    this.record.failures += 1;
    logger.warn(`Effect ${this.record.id} failed (${this.record.failures}): ${error.message}`);
    const final = !error.retryable || this.record.failures >= (effect.maxAttempts ?? DEFAULT_MAX_ATTEMPTS);
    return { state: final ? 'Failed' : 'Pending', error };
  }

  /** Stores the outcome, trying until it is stored or the process stops; the act is never repeated for that. */
  private async persist(outcome: EffectOutcome | Postponed, progress: unknown): Promise<AttemptEnd> {
    const { clock, logger, wake } = this.options;
    for (let failures = 0; ; failures += 1) {
      try {
        await this.write(outcome, progress);
        wake();
        return outcome.state === 'Pending' ? 'again' : outcome.state;
      } catch (error) {
        // Whoever holds the lease now observes the act and stores its outcome.
        if (error instanceof LeaseLostError) return 'left';
        logger.error(`The outcome of effect ${this.record.id} could not be stored`, error as Error);
        await sleep(clock, backoffDelay(failures, STORE_RETRY), this.shutdown.signal);
        if (this.shutdown.signal.aborted) return 'left';
      }
    }
  }

  private async write(outcome: EffectOutcome | Postponed, progress: unknown): Promise<void> {
    const { store, clock, random } = this.options;
    const { id, failures } = this.record;
    if (outcome.state !== 'Pending') {
      await store.finish(id, { ...outcome, progress }, clock.now());
      moments.finished.publish(id);
      return;
    }
    this.record.nextAt = clock.now() + backoffDelay(failures - 1, { ...RETRY, random });
    await store.postpone(id, { error: outcome.error, failures, nextAt: this.record.nextAt, progress });
  }

  private async storeProgress(value: unknown): Promise<void> {
    await this.options.store.reportProgress(this.record.id, value);
    this.record.progress = value;
    this.options.wake();
  }
}

/** Throws for what JSON cannot hold. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function describe(error: unknown): NonNullable<EffectState['error']> {
  if (error instanceof EffectError)
    return { code: error.code, message: error.message, retryable: error.retryable };
  return {
    code: 'Unexpected',
    message: error instanceof Error ? error.message : String(error),
    retryable: true,
  };
}
