import { ObjectFilter, StoreError, StoreEvent, Watch, WatchQuery } from '../ResourceStore';
import { RecentEvents, RecentLimits } from './RecentEvents';
import { EventSource, HistoryBatch, WatchStream } from './WatchStream';

/** The durable side of the events: what a driver reads for watches that start before the ring. */
export interface EventHistory {
  /**
   * Events of one resource with `after < revision <= upTo`, in order; as many as fit a time slice, and how far it got.
   * Rejects with `compacted` when `after` is no longer retained.
   */
  read(
    resource: Pick<ObjectFilter, 'group' | 'resource'>,
    after: number,
    upTo: number,
  ): Promise<HistoryBatch>;
}

/** How many events one step of catching up takes from the ring. */
const CATCH_UP_EVENTS = 200;
const DEFAULT_RECENT: RecentLimits = { events: 4096, characters: 32 * 1024 * 1024 };

/**
 * The one tailer of a process. The driver publishes what it committed, in revision order and right after the commit; the
 * hub keeps the newest events in a ring and hands each to the watches of its resource. Events are shared: a thousand
 * watches hold the same text, parsed at most once.
 */
export class EventHub implements EventSource {
  private recent: RecentEvents;
  private readonly streams = new Set<WatchStream>();
  /** Only the watches that have caught up, by resource: the others fetch for themselves. */
  private readonly followers = new Map<string, Set<WatchStream>>();

  constructor(
    private readonly history: EventHistory,
    private latest: number,
    private compacted: number,
    private readonly limits: RecentLimits = DEFAULT_RECENT,
  ) {
    this.recent = new RecentEvents(latest, limits);
  }

  revision(): number {
    return this.latest;
  }

  /** Takes the events of one or more commits. No watch sees a progress between two of them. */
  publish(events: readonly StoreEvent[]): void {
    for (const event of events) {
      this.recent.push(event);
      this.followers.get(resourceKey(event.object))?.forEach(stream => stream.offer(event));
    }
    this.latest = events.at(-1)?.revision ?? this.latest;
  }

  watch(query: WatchQuery): Watch {
    if (query.fromRevision > this.latest) {
      throw new StoreError(
        'future-revision',
        `Revision ${query.fromRevision} is ahead of the store, which is at ${this.latest}`,
      );
    }
    this.assertRetained(query.fromRevision);
    const stream = new WatchStream(this, query);
    this.streams.add(stream);
    return stream;
  }

  /** Tells watches that still read history how far it was forgotten. */
  compact(revision: number): void {
    this.compacted = Math.max(this.compacted, revision);
  }

  /** Refuses a revision whose following events are gone. */
  assertRetained(revision: number): void {
    if (revision >= this.compacted) return;
    throw new StoreError(
      'compacted',
      `Revision ${revision} is no longer retained (the oldest is ${this.compacted}); list again and watch from there`,
    );
  }

  async eventsAfter(query: WatchQuery, revision: number): Promise<HistoryBatch> {
    this.assertRetained(revision);
    const recent = this.recent.after(revision, CATCH_UP_EVENTS);
    if (!recent) return this.history.read(query, revision, this.latest);
    const events = recent.filter(
      ({ object }) => object.group === query.group && object.resource === query.resource,
    );
    return { events, reached: recent.at(-1)?.revision ?? revision };
  }

  follow(stream: WatchStream, query: WatchQuery): void {
    const key = resourceKey(query);
    const known = this.followers.get(key);
    if (known) known.add(stream);
    else this.followers.set(key, new Set([stream]));
  }

  remove(stream: WatchStream, query: WatchQuery): void {
    this.streams.delete(stream);
    const key = resourceKey(query);
    const known = this.followers.get(key);
    known?.delete(stream);
    if (known?.size === 0) this.followers.delete(key);
  }

  /**
   * Begins anew at `revision`, where the events before it cannot be had: they were forgotten, or the database is another one.
   * Every watch ends with `compacted`, so that its owner lists again.
   */
  restart(revision: number): void {
    this.close(
      new StoreError('compacted', 'Events were lost on the way here; list again and watch from there'),
    );
    this.latest = revision;
    this.compacted = 0;
    this.recent = new RecentEvents(revision, this.limits);
  }

  /** Ends every watch with `error`. */
  close(error: StoreError): void {
    for (const stream of [...this.streams]) stream.fail(error);
  }
}

function resourceKey({ group, resource }: Pick<ObjectFilter, 'group' | 'resource'>): string {
  return `${resource} ${group}`;
}
