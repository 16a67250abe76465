import { ObjectKey, StoreEvent, StoredObject } from './ResourceStore';
import { withRevision } from './objectJson';

/** A current object as a database holds it; the key is known to whoever asked. */
export interface ObjectRow {
  uid: string;
  revision: number;
  json: string;
}

/** One row of history. */
export interface EventRow {
  revision: number;
  type: StoreEvent['type'];
  grp: string;
  resource: string;
  namespace: string;
  name: string;
  uid: string;
  previous_revision: number | null;
  json: string | null;
  previous_json: string | null;
}

/** Puts a stored text together with its key and revision. */
export function storedObject(key: ObjectKey, row: ObjectRow): StoredObject {
  return {
    group: key.group,
    resource: key.resource,
    namespace: key.namespace,
    name: key.name,
    uid: row.uid,
    revision: row.revision,
    json: withRevision(row.json, row.revision),
  };
}

/** The event a row of history stands for. */
export function storeEvent(row: EventRow): StoreEvent {
  const key = { group: row.grp, resource: row.resource, namespace: row.namespace, name: row.name };
  const { type, revision, uid } = row;
  // Every row but ADDED has a previous state, every row but DELETED has its own text.
  const json = row.json ?? row.previous_json!;
  const event: StoreEvent = { type, revision, object: storedObject(key, { uid, revision, json }) };
  const before = previousObject(key, row);
  return before ? { ...event, previous: before } : event;
}

/** The state before the event, undefined when the event created the object. */
export function previousObject(
  key: ObjectKey,
  row: Pick<EventRow, 'uid' | 'previous_revision' | 'previous_json'>,
): StoredObject | undefined {
  if (row.previous_revision === null || row.previous_json === null) return undefined;
  return storedObject(key, { uid: row.uid, revision: row.previous_revision, json: row.previous_json });
}
