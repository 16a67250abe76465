/**
 * A versioned store of objects with watch: what the API server stands on.
 *
 * Guarantees, for every driver (the conformance suite proves them):
 * - One revision counter for the whole store. Every committed write takes the next revisions; commit order equals
 *   revision order, a rolled back write leaves no gap that a watcher could wait for.
 * - Object, event and revision are written in one transaction. A resolved promise means the write is on disk.
 * - `list` reads the objects and the revision from one snapshot; a watch from that revision misses nothing and
 *   repeats nothing.
 * - Optimistic concurrency: a write that names an expected revision fails with `conflict` when the object moved.
 *
 * The interface is asynchronous although SQLite is not, so that a driver can move to a worker or to another machine.
 */
export interface ResourceStore {
  get(key: ObjectKey): Promise<StoredObject | undefined>;
  list(query: ListQuery): Promise<ListResult>;
  /**
   * Commits all operations or none, in order. Rejects with {@link StoreError}; the operations' own revisions are
   * consecutive. A write with a fence is refused with `fenced` once the lease has passed to another holder.
   */
  write(operations: readonly WriteOperation[], options?: WriteOptions): Promise<WriteResult[]>;
  /**
   * Streams every event after `fromRevision` that the filter admits, then follows. Rejects with `compacted` when that
   * revision is no longer retained. Ends with `overflow` when the consumer falls further behind than the buffer.
   */
  watch(query: WatchQuery): Promise<Watch>;
  /** The revision of the newest committed write. */
  revision(): Promise<number>;
  /**
   * Forgets events up to `revision`; later watches and continue tokens from before it answer `compacted`, those from
   * exactly `revision` still work.
   */
  compact(revision: number): Promise<void>;

  /** The oldest notes that were kept with writes and not dropped yet, in the order of their writes. */
  notes(limit: number): Promise<Note[]>;

  /** Drops the notes of writes up to `revision`, once whoever they are for has them. */
  dropNotes(revision: number): Promise<void>;
  /** Finishes accepted writes, ends every watch with `unavailable`, releases the files. */
  close(): Promise<void>;
}

/**
 * Addresses one object. `namespace` is the empty string for cluster-scoped resources; `group` for the core group. All four
 * are printable ASCII without spaces, so that every driver and every runtime sorts them alike.
 */
export interface ObjectKey {
  group: string;
  /** The plural, for example `repositories`. */
  resource: string;
  namespace: string;
  name: string;
}

/** An object as it stands on disk: `json` is its wire form, complete with `metadata.resourceVersion`. */
export interface StoredObject extends ObjectKey {
  uid: string;
  revision: number;
  json: string;
}

/** One term of a selector, as Kubernetes label selectors have them. */
export interface Requirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values: readonly string[];
}

/** What a list or watch admits: all terms must hold. */
export interface ObjectFilter {
  group: string;
  resource: string;
  /** Absent: all namespaces. */
  namespace?: string;
  name?: string;
  labels?: readonly Requirement[];
  /** Dotted paths declared selectable by the kind; compared as strings, absent counts as the empty string. */
  fields?: readonly { path: string; value: string; negate?: boolean }[];
}

export interface ListQuery extends ObjectFilter {
  /** At most so many; the result then carries `continue`. */
  limit?: number;
  /**
   * Opaque token of an earlier page. Later pages continue the first page's snapshot or answer `compacted`, with a token
   * that goes on from what there is by then ({@link StoreError.continueToken}).
   */
  continue?: string;
  /** Reads the objects as they stood at this revision; `compacted` when it is no longer retained. Not with `continue`. */
  atRevision?: number;
}

export interface ListResult {
  /** Sorted by namespace, then name. */
  items: StoredObject[];
  /** The revision of the snapshot the first page was read from. */
  revision: number;
  continue?: string;
  /** How many follow this page; only known without label and field terms. */
  remaining?: number;
}

/** The object to store, without `metadata.resourceVersion`: the store adds it. Serialised once, here. */
export interface ObjectDraft {
  /** Fixed for life: an update that changes it is `invalid`. */
  uid: string;
  /** The same labels as `json` holds in `metadata.labels`, ready for the index. */
  labels: Readonly<Record<string, string>>;
  /** `apiVersion`, `kind`, `metadata`, ... in this order; `metadata` is a non-empty object. */
  json: string;
}

export type WriteOperation =
  | {
      type: 'create';
      key: ObjectKey;
      draft: ObjectDraft;
      /** Takes the next value of a named counter in the same transaction and lets it shape key and draft. */
      number?: { counter: string; assign(value: number): { key: ObjectKey; draft: ObjectDraft } };
    }
  | {
      type: 'update';
      key: ObjectKey;
      draft: ObjectDraft;
      /** The revision the writer read. */
      expectedRevision: number;
    }
  | { type: 'delete'; key: ObjectKey; expectedRevision: number };

/**
 * Proof of holding a lease. A driver that several processes share checks it in the transaction of the write; where one
 * process owns the data nobody else can hold anything, and there is nothing to check.
 */
export interface Fence {
  lease: string;
  /** Grows with every holder. */
  epoch: number;
}

/** An object that has to be as the writer read it, although the write leaves it alone. */
export interface Expectation {
  key: ObjectKey;
  revision: number;
}

export interface WriteOptions {
  fence?: Fence;
  /** What the write was decided on. `conflict` when one of them has changed or is gone at the moment of the commit. */
  expects?: readonly Expectation[];
  /**
   * What is to be told of this write to a place beyond the store: kept in the same transaction, so that it is there exactly
   * when the write is. Asked for once the results are known, which may happen more than once: quick, without effects, never throwing.
   */
  note?(results: readonly WriteResult[]): string | undefined;
}

/** What a write left to be told, see {@link WriteOptions.note}. */
export interface Note {
  /** Of the last operation of the write. */
  revision: number;
  text: string;
}

export interface WriteResult {
  revision: number;
  /** The object after the write; for a delete, its last state carrying the delete's revision. */
  object: StoredObject;
}

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  revision: number;
  object: StoredObject;
  /** The state before, so that a selector transition can become ADDED or DELETED for a watcher. */
  previous?: StoredObject;
}

export interface WatchQuery extends ObjectFilter {
  /** Events with a greater revision are delivered. */
  fromRevision: number;
  /** How many undelivered events are kept before the watch ends with `overflow`. Default 1000. */
  buffer?: number;
}

/**
 * A running watch. Selector transitions are already resolved: an object that starts to match arrives as ADDED, one that
 * stops matching as DELETED with its last matching state.
 */
export interface Watch extends AsyncIterable<StoreEvent> {
  /**
   * Every event up to this revision was delivered or did not match: the revision of a bookmark. An event counts as
   * delivered when the consumer asks for the next one, so a bookmark never overtakes an event still being sent.
   */
  progress(): number;
  /** Ends the iteration, also one that waits. Ending the loop does the same. */
  close(): void;
}

/**
 * - `invalid`: the caller's mistake: a continue token that is not ours, a draft out of canonical order, a malformed key.
 * - `unavailable`: the store is closed, its disk failed or its database does not answer. Nothing was acknowledged; when the
 *   connection broke during the commit itself, the write may have happened all the same: read before trying again.
 * - `fenced`: the writer's lease has passed to another holder; nothing was written.
 * - The others are named in {@link ResourceStore}.
 */
export type StoreErrorCode =
  | 'already-exists'
  | 'not-found'
  | 'conflict'
  | 'compacted'
  | 'overflow'
  | 'future-revision'
  | 'invalid'
  | 'fenced'
  | 'unavailable';

/** Everything a store refuses, with a stable code. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    readonly key?: ObjectKey,
    options?: ErrorOptions,
    /** Of `compacted`: reads the rest of the list as it is now, which may not fit what was read before. */
    readonly continueToken?: string,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}
