import { setTimeout as pause } from 'node:timers/promises';
import { WatchLog } from '../history/History';
import { Recorder } from '../history/Recorder';
import { Refusal, Subject } from './Subject';

export interface WatcherOptions {
  name: string;
  /** Where it watches; each new connection goes to the next one. */
  subjects: readonly Subject[];
  recorder: Recorder;
}

/** How long a watcher waits before it connects again, in milliseconds. */
const PAUSE_MS = 30;

/** Lists, then watches from that list on, over however many connections and servers; lists anew only where it is told to. */
export class Watcher {
  private place = 0;
  private log?: WatchLog;
  /** How often it was told that its revision is no longer kept. */
  expired = 0;

  constructor(private readonly options: WatcherOptions) {}

  /** How far it has come. */
  get reached(): number {
    return this.log?.reached ?? 0;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const subject = this.next();
      try {
        this.log ??= this.options.recorder.watch(this.options.name, await subject.list());
        await this.follow(subject, this.log, signal);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.why === 'expired') {
          this.log = undefined;
          this.expired += 1;
        }
      }
      if (!signal.aborted) await pause(PAUSE_MS);
    }
  }

  private async follow(subject: Subject, log: WatchLog, signal: AbortSignal): Promise<void> {
    for await (const change of subject.watch(log.reached, signal)) {
      log.changes.push(change);
      log.reached = Math.max(log.reached, change.revision);
    }
  }

  private next(): Subject {
    const { subjects } = this.options;
    this.place += 1;
    return subjects[this.place % subjects.length];
  }
}
