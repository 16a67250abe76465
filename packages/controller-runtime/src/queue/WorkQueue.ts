import { backoffDelay, BackoffOptions } from '../backoff';
import { Clock, systemClock, Timer } from '../Clock';

/*
 * The queue between "something changed" and "reconcile this object".
 *
 * A key stands for an object, never for an event: whoever works on a key looks at the newest state. That is why events
 * may be merged freely, and why the queue promises only this:
 *
 *   1. A key never runs concurrently with itself.
 *   2. Adds collapse while the key waits: a thousand adds before it starts are one run.
 *   3. An add while the key runs causes exactly one more run after it, however many adds there were. The running one may
 *      have read before the change; the next one reads after it. So every add is followed by a run that started later.
 *   4. Keys start in the order in which they were first added; a key that is re-added goes to the end, so a busy object
 *      cannot starve the others.
 *   5. A delayed add keeps the earliest time asked for. When the key starts for any other reason the delay is dropped:
 *      that run sees all there is and asks anew. Otherwise old timers would add up to runs nobody needs.
 *   6. Retries wait longer with each failure of that key alone (5 ms doubling to 1000 s). There is no common bucket over
 *      all keys, which is known to hold back bulk work; `forget` after a success starts the key's series afresh.
 *
 * Nothing here is durable. After a restart the informers list everything and every key is added again.
 *
 * The handler should not reject. When it does, the key is retried like any failure and `onError` is told, so a bug in a
 * handler can neither stop the queue nor lose a key.
 */

export interface WorkQueueOptions {
  handle(key: string): Promise<void>;
  onError?(key: string, error: unknown): void;
  /** Keys that run at once. Default 1. */
  concurrency?: number;
  clock?: Clock;
  backoff?: BackoffOptions;
}

/** Starts allowed before other work of the process gets its turn. */
const STARTS_PER_TURN = 32;

export class WorkQueue {
  private readonly waiting = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private readonly delayed = new Map<string, { at: number; timer: Timer }>();
  private readonly failures = new Map<string, number>();
  private readonly clock: Clock;
  private readonly backoff: BackoffOptions;
  /** A live iterator: taking the first key of a set anew each time would walk over all deleted ones. */
  private cursor = this.waiting.values();
  private state: 'paused' | 'started' | 'stopped' = 'paused';
  private turnScheduled = false;
  private startsThisTurn = 0;

  constructor(private readonly options: WorkQueueOptions) {
    this.clock = options.clock ?? systemClock;
    this.backoff = options.backoff ?? { base: 5, max: 1_000_000 };
  }

  /** Begins to run keys; those added before have waited. */
  start(): void {
    if (this.state !== 'paused') return;
    this.state = 'started';
    this.schedule();
  }

  /** Drops what waits, lets what runs finish, and resolves then. Later adds are ignored. */
  async stop(): Promise<void> {
    this.state = 'stopped';
    this.waiting.clear();
    this.again.clear();
    for (const key of [...this.delayed.keys()]) this.dropDelay(key);
    await Promise.all(this.running.values());
  }

  add(key: string): void {
    if (this.state === 'stopped') return;
    if (this.running.has(key)) {
      this.again.add(key);
      return;
    }
    this.waiting.add(key);
    this.schedule();
  }

  /** Adds the key after `ms`, unless an earlier delayed add is pending. */
  addAfter(key: string, ms: number): void {
    if (this.state === 'stopped') return;
    const at = this.clock.now() + ms;
    const pending = this.delayed.get(key);
    if (pending && pending.at <= at) return;
    pending?.timer.cancel();
    const timer = this.clock.after(ms, () => {
      this.delayed.delete(key);
      this.add(key);
    });
    this.delayed.set(key, { at, timer });
  }

  /** Adds the key after its own back-off and counts one more failure. */
  retry(key: string): void {
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    this.addAfter(key, backoffDelay(failures, this.backoff));
  }

  /** Ends the key's series of failures. */
  forget(key: string): void {
    this.failures.delete(key);
  }

  /** Consecutive failures of a key. */
  failuresOf(key: string): number {
    return this.failures.get(key) ?? 0;
  }

  /** Keys that wait to start; delayed and running ones not counted. */
  get depth(): number {
    return this.waiting.size + this.again.size;
  }

  get runningCount(): number {
    return this.running.size;
  }

  get delayedCount(): number {
    return this.delayed.size;
  }

  private schedule(): void {
    if (this.turnScheduled || this.state !== 'started') return;
    this.turnScheduled = true;
    queueMicrotask(() => {
      this.turnScheduled = false;
      this.pump();
    });
  }

  private pump(): void {
    const limit = this.options.concurrency ?? 1;
    while (this.state === 'started' && this.running.size < limit && this.waiting.size > 0) {
      if (this.startsThisTurn >= STARTS_PER_TURN) return;
      this.countStart();
      this.run(this.take());
    }
  }

  /** Handlers that never wait for I/O, and keys that wake themselves for ever, would keep timers and sockets from their turn. */
  private countStart(): void {
    this.startsThisTurn += 1;
    if (this.startsThisTurn > 1) return;
    setImmediate(() => {
      this.startsThisTurn = 0;
      this.pump();
    });
  }

  private take(): string {
    let next = this.cursor.next();
    if (next.done) {
      this.cursor = this.waiting.values();
      next = this.cursor.next();
    }
    const key = next.value!;
    this.waiting.delete(key);
    return key;
  }

  private run(key: string): void {
    this.dropDelay(key);
    const handled = (async () => this.options.handle(key))().catch(error => {
      this.options.onError?.(key, error);
      this.retry(key);
    });
    this.running.set(
      key,
      handled.then(() => this.finished(key)),
    );
  }

  private finished(key: string): void {
    this.running.delete(key);
    if (this.again.delete(key)) this.add(key);
    this.schedule();
  }

  private dropDelay(key: string): void {
    this.delayed.get(key)?.timer.cancel();
    this.delayed.delete(key);
  }
}
