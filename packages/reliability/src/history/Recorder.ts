import { History, Item, Snapshot, WatchLog, Write } from './History';

/** What is known of a write before it is answered. */
export type WriteRequest = Pick<Write, 'client' | 'type' | 'key' | 'value' | 'expected'>;

/** How a write ended, and what it was told. */
export type WriteEnd = Pick<Write, 'outcome' | 'revision'>;

/** Puts what several clients do at once into one history. Whatever is under way at the end stays unknown. */
export class Recorder {
  private sequence = 0;
  private readonly history: Omit<History, 'final'> = { writes: [], reads: [], lists: [], watches: [] };

  /** Records a write; call the answer when it has ended. */
  write(request: WriteRequest): (end: WriteEnd) => void {
    const write: Write = { ...request, invoked: this.next(), completed: Infinity, outcome: 'unknown' };
    this.history.writes.push(write);
    // What is not known to have ended may still happen at any time.
    return end =>
      void Object.assign(write, end, { completed: end.outcome === 'unknown' ? Infinity : this.next() });
  }

  /** Records a read of one object once it is answered. */
  read(client: string, key: string): (item: Item | undefined) => void {
    const invoked = this.next();
    return item => void this.history.reads.push({ client, key, invoked, completed: this.next(), item });
  }

  list(client: string): (snapshot: Snapshot) => void {
    const invoked = this.next();
    return snapshot => void this.history.lists.push({ client, invoked, completed: this.next(), snapshot });
  }

  /** Begins a log, which the watcher continues by itself. */
  watch(watcher: string, from: Snapshot): WatchLog {
    const log: WatchLog = { watcher, from, changes: [], reached: from.revision };
    this.history.watches.push(log);
    return log;
  }

  /** How many writes were acknowledged so far. */
  get acknowledged(): number {
    return this.history.writes.filter(({ outcome }) => outcome === 'ok').length;
  }

  finish(final: Snapshot): History {
    return { ...this.history, final };
  }

  private next(): number {
    this.sequence += 1;
    return this.sequence;
  }
}
