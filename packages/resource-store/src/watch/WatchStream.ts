import { StoreError, StoreEvent, Watch, WatchQuery } from '../ResourceStore';
import { admit } from '../filter';
import { nextTurn } from '../TimeSlice';

/** A piece of the past: events of one resource, complete up to `reached`. */
export interface HistoryBatch {
  events: StoreEvent[];
  reached: number;
}

/** What a watch needs of the hub. */
export interface EventSource {
  revision(): number;
  /** Events of the query's resource after `revision`, as many as are cheap to read at once. */
  eventsAfter(query: WatchQuery, revision: number): Promise<HistoryBatch>;
  /** From now on `offer` receives every event of the query's resource. */
  follow(stream: WatchStream, query: WatchQuery): void;
  remove(stream: WatchStream, query: WatchQuery): void;
}

const DEFAULT_BUFFER = 1000;

/**
 * One watch. It starts by pulling history at its consumer's pace (nothing piles up, so nothing can overflow). When it
 * has nothing left to pull it follows: the hub pushes into a bounded queue. The step from one to the other happens
 * without an await between reading the hub's revision and following, so no event falls between.
 */
export class WatchStream implements Watch {
  private queue: StoreEvent[] = [];
  /** Everything up to here was pulled; counts only until the watch follows. */
  private cursor: number;
  private following = false;
  /** The revision of the event the consumer works on. */
  private inHand?: number;
  private failure?: StoreError;
  private closed = false;
  /** Set when the watch ended: progress does not move any more. */
  private lastProgress?: number;
  private wake?: () => void;

  constructor(
    private readonly source: EventSource,
    private readonly query: WatchQuery,
  ) {
    this.cursor = query.fromRevision;
    this.followWhenCaughtUp();
  }

  /** Receives an event of the resource while following. */
  offer(event: StoreEvent): void {
    const admitted = admit(event, this.query);
    if (!admitted) return;
    const buffer = this.query.buffer ?? DEFAULT_BUFFER;
    if (this.queue.length >= buffer) {
      this.fail(
        new StoreError(
          'overflow',
          `The consumer fell more than ${buffer} events behind; resume or list again`,
        ),
      );
      return;
    }
    this.queue.push(admitted);
    this.wake?.();
  }

  /** Ends the watch with an error; what was queued is dropped, so that progress stays at what was delivered. */
  fail(error: StoreError): void {
    if (this.closed) return;
    this.failure = error;
    this.end();
  }

  progress(): number {
    if (this.lastProgress !== undefined) return this.lastProgress;
    const undelivered = this.inHand ?? this.queue[0]?.revision;
    if (undelivered !== undefined) return undelivered - 1;
    return this.following ? this.source.revision() : this.cursor;
  }

  close(): void {
    if (!this.closed) this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StoreEvent, void, undefined> {
    try {
      for (;;) {
        if (this.failure) throw this.failure;
        if (this.closed) return;
        const event = this.queue.shift();
        if (event) {
          this.inHand = event.revision;
          yield event;
          this.inHand = undefined;
        } else if (this.following) {
          await this.arrival();
        } else {
          await this.catchUp();
        }
      }
    } finally {
      this.close();
    }
  }

  private async catchUp(): Promise<void> {
    const { events, reached } = await this.source.eventsAfter(this.query, this.cursor);
    if (this.closed) return;
    for (const event of events) {
      const admitted = admit(event, this.query);
      if (admitted) this.queue.push(admitted);
    }
    this.cursor = reached;
    this.followWhenCaughtUp();
    // A consumer that works through history without waiting for anything must not starve the others.
    if (!this.following) await nextTurn();
  }

  private followWhenCaughtUp(): void {
    if (this.queue.length > 0 || this.cursor < this.source.revision()) return;
    this.following = true;
    this.source.follow(this, this.query);
  }

  private arrival(): Promise<void> {
    return new Promise(resolve => {
      this.wake = () => {
        this.wake = undefined;
        resolve();
      };
    });
  }

  private end(): void {
    this.lastProgress = this.progress();
    this.closed = true;
    this.queue = [];
    this.source.remove(this, this.query);
    this.wake?.();
  }
}
