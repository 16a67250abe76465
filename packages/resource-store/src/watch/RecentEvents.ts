import { StoreEvent } from '../ResourceStore';

/** How much the ring keeps: events, and characters of JSON in them. */
export interface RecentLimits {
  events: number;
  characters: number;
}

/** The newest events of the store, without gaps, in memory: where nearly every watch starts. */
export class RecentEvents {
  private events: StoreEvent[] = [];
  /** Entries before this index are forgotten; the array is cut now and then instead of at every push. */
  private head = 0;
  private characters = 0;

  /** `start`: the revision before the first event that will be pushed. */
  constructor(
    private start: number,
    private readonly limits: RecentLimits,
  ) {}

  push(event: StoreEvent): void {
    this.events.push(event);
    this.characters += sizeOf(event);
    while (this.events.length - this.head > this.limits.events || this.characters > this.limits.characters) {
      this.forgetOldest();
    }
    if (this.head < 1024) return;
    this.events = this.events.slice(this.head);
    this.head = 0;
  }

  /** Up to `limit` events after `revision`, or undefined when the ring no longer reaches back so far. */
  after(revision: number, limit: number): StoreEvent[] | undefined {
    if (revision < this.start) return undefined;
    const from = this.head + (revision - this.start);
    return this.events.slice(from, from + limit);
  }

  private forgetOldest(): void {
    const oldest = this.events[this.head];
    this.characters -= sizeOf(oldest);
    this.start = oldest.revision;
    this.head += 1;
  }
}

function sizeOf({ object, previous }: StoreEvent): number {
  return object.json.length + (previous?.json.length ?? 0);
}
