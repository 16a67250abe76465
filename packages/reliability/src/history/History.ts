/*
 * What clients of a store of versioned objects asked and were told, as far as it can be judged afterwards: the objects are
 * opaque values, and every write has a value of its own, so that it can be recognised wherever it turns up.
 */

/** An object at one revision. */
export interface Item {
  key: string;
  value: string;
  revision: number;
}

/** All objects as one list answered them. */
export interface Snapshot {
  revision: number;
  items: Item[];
}

interface Asked {
  client: string;
  /** When it was asked and answered: places in one sequence of the whole history. */
  invoked: number;
  completed: number;
}

/**
 * A write. `ok`: acknowledged; `fail`: refused for certain; `unknown`: nobody can tell, so it may have happened (once) or not.
 */
export interface Write extends Asked {
  type: 'create' | 'update' | 'delete';
  key: string;
  /** Unique in the history; absent for deletions. */
  value?: string;
  /** The revision that updates and deletions named. */
  expected?: number;
  outcome: 'ok' | 'fail' | 'unknown';
  /** What an acknowledged creation or update was told. */
  revision?: number;
}

/** A read that was answered. */
export interface Read extends Asked {
  key: string;
  /** Absent when there was no such object. */
  item?: Item;
}

/** A list that was answered. */
export interface Listing extends Asked {
  snapshot: Snapshot;
}

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  key: string;
  /** Of a deletion the last value. */
  value: string;
  revision: number;
}

/** One list and the watch from its revision on, over as many connections as it took. */
export interface WatchLog {
  watcher: string;
  from: Snapshot;
  changes: Change[];
  /** The watcher was promised to have seen everything up to here. */
  reached: number;
}

export interface History {
  writes: Write[];
  reads: Read[];
  lists: Listing[];
  watches: WatchLog[];
  /** Read when nothing was written any more. */
  final: Snapshot;
}
