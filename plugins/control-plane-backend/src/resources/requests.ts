import { Principal } from '@krate/plugin-control-plane-node';
import { JsonObject, Kind } from '@krate/resource-model';
import { ObjectFilter, Requirement } from '@krate/resource-store';
import { Served } from './Served';
import { WireObject } from './WireObject';

/** A collection: all objects of a kind, in one namespace or (absent) in all. */
export interface CollectionTarget {
  principal: Principal;
  kind: Kind;
  namespace?: string;
}

/** One object. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectTarget extends CollectionTarget {
  name: string;
  /** `status` reads and writes that part only. */
  subresource?: 'status';
}

/** What any write may say besides its object. */
export interface WriteOptions {
  /** Who owns the fields written; default: the principal's name. */
  fieldManager?: string;
  /** What becomes of fields the schema does not know: refused, dropped with a warning, or dropped. Default `Warn`. */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  /** Fields that the body gave more than once; they fare as unknown ones do. */
  duplicateFields?: readonly string[];
  /** Go through everything, store nothing. */
  dryRun?: boolean;
}

/** What a write answers. */
export interface Written {
  object: WireObject;
  created: boolean;
  warnings: string[];
}

export interface CreateRequest extends CollectionTarget, WriteOptions {
  object: JsonObject;
}

export interface UpdateRequest extends ObjectTarget, WriteOptions {
  object: JsonObject;
}

export interface PatchRequest extends ObjectTarget, WriteOptions {
  /** `merge`: RFC 7396; `json`: RFC 6902. */
  type: 'merge' | 'json';
  patch: unknown;
}

export interface ApplyRequest extends ObjectTarget, WriteOptions {
  object: JsonObject;
  fieldManager: string;
  force?: boolean;
}

/** The body of a DELETE, as far as it means something here. */
export interface DeleteOptions {
  preconditions?: { uid?: string; resourceVersion?: string };
  /** Foreground and Orphan are recorded as the finalizers that the garbage collector answers to. Default Background. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  dryRun?: boolean;
}

export interface DeleteRequest extends ObjectTarget, DeleteOptions {}

export interface Deleted {
  /** The last state, or the object as it waits for its finalizers. */
  object: WireObject;
  /** False while finalizers hold it. */
  removed: boolean;
}

export interface Selection {
  labels?: readonly Requirement[];
  fields?: ObjectFilter['fields'];
}

export interface GetRequest extends ObjectTarget {
  /** Not older than this; anything newer is fine. */
  resourceVersion?: string;
}

export interface ListRequest extends CollectionTarget, Selection {
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

export interface Listed {
  items: Served[];
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

export interface DeleteCollectionRequest extends CollectionTarget, Selection, DeleteOptions {}

export interface WatchRequest extends CollectionTarget, Selection {
  /** Absent, empty or `0`: what exists arrives first, as ADDED. */
  resourceVersion?: string;
  resourceVersionMatch?: string;
  /** Overrides what the version says about initial events; needs `resourceVersionMatch=NotOlderThan`. */
  sendInitialEvents?: boolean;
}

export interface ServedEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  served: Served;
  /** The state before the change; absent for what is new. */
  previous?: Served;
}

/**
 * A running watch. Iteration throws ApiError Expired when the version is no longer retained, and ends when the consumer
 * fell too far behind or the store closes: then watch again from `progress()`.
 */
export interface ResourceWatch extends AsyncIterable<ServedEvent> {
  /** How many of the first events are the synthetic ADDED ones; after them the watch is in step. */
  readonly initialEvents: number;
  /** Every event up to this revision was consumed or did not match. */
  progress(): number;
  close(): void;
}
