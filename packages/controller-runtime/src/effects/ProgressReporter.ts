import { Clock, Timer } from '../Clock';

/** At most five stores and wakes a second per effect. */
const INTERVAL = 200;

/**
 * Coalesces the progress of one running effect: the first value is stored at once, later ones at most every 200 ms and
 * then only the newest. `latest` is what the outcome is stored with, so that the last value is never lost.
 */
export class ProgressReporter {
  latest: unknown = undefined;
  private pending?: { promise: Promise<void>; timer: Timer; flush(): void };
  private lastAt = -Infinity;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly store: (progress: unknown) => Promise<void>,
  ) {}

  /** Resolves once this value or a newer one is stored. */
  report(progress: unknown): Promise<void> {
    this.latest = progress;
    if (this.pending) return this.pending.promise;
    const wait = this.lastAt + INTERVAL - this.clock.now();
    if (wait <= 0) return this.write();
    this.pending = this.later(wait);
    return this.pending.promise;
  }

  /** Stores what still waits, and resolves when nothing is being written any more. */
  async flush(): Promise<void> {
    this.pending?.flush();
    await this.writing.catch(() => undefined); // whoever reported was told
  }

  private later(wait: number) {
    let flush!: () => void;
    const promise = new Promise<void>((resolve, reject) => {
      flush = () => {
        this.pending?.timer.cancel();
        this.pending = undefined;
        this.write().then(resolve, reject);
      };
    });
    promise.catch(() => undefined); // a caller that does not wait must not bring the process down
    return { promise, flush, timer: this.clock.after(wait, () => flush()) };
  }

  private write(): Promise<void> {
    this.lastAt = this.clock.now();
    // One after the other, so that an older value never lands after a newer one.
    this.writing = this.writing.catch(() => undefined).then(() => this.store(this.latest));
    this.writing.catch(() => undefined); // as above
    return this.writing;
  }
}
