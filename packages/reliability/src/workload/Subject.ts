import { Change, Item, Snapshot } from '../history/History';

/** A store of versioned objects as its clients see it: what a workload is run against. */
export interface Subject {
  /** Resolves with the revision of the new object. Rejects with {@link Refusal}, as the others do. */
  create(key: string, value: string): Promise<number>;
  update(key: string, value: string, expected: number): Promise<number>;
  remove(key: string, expected: number): Promise<void>;
  get(key: string): Promise<Item | undefined>;
  list(): Promise<Snapshot>;
  /** Everything after a revision, until the signal aborts or the watch ends. */
  watch(from: number, signal: AbortSignal): AsyncIterable<Change>;
}

/**
 * Why something was not done. `refused`: certainly not; `unknown`: nobody can tell whether it was; `expired`: the revision is no
 * longer kept.
 */
export class Refusal extends Error {
  constructor(
    readonly why: 'refused' | 'unknown' | 'expired',
    message: string,
    /** The HTTP status, where there was an answer. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
