import { WireObject } from '../resources/WireObject';

/** What an object was wanted to be after one change, and who wanted it. */
export interface Revision {
  resourceVersion: string;
  /** RFC 3339. */
  time: string;
  /** The name the audit trail has for them; absent where it is not known. */
  principal?: string;
  action: 'create' | 'update' | 'patch' | 'apply' | 'delete';
  /** As it may be answered, without status and managedFields: values of Secrets are not in it. */
  object: WireObject;
}

/** Remembers the last changes of each object. Status and what else controllers note down is not a change. */
export interface RevisionLog {
  /** Adds a change; `before` is the state it began with, kept when it is the first one of the object. */
  record(uid: string, before: Revision, after: Revision): Promise<void>;
  /** Newest first; empty for an object that was never changed. */
  list(uid: string): Promise<Revision[]>;
  /** The object is gone, and so is its history. */
  forget(uid: string): Promise<void>;
}
