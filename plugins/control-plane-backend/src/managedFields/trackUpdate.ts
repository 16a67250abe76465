import { ManagedFieldsEntry, StructuralSchema } from '@krate/resource-model';
import { capUpdateManagers } from './capUpdateManagers';
import { compareValues } from './compareValues';
import { FieldSet } from './FieldSet';
import { sameJson } from './json';
import { resourceMergeSchema } from './mergeShape';
import {
  ManagerTable,
  decodeManagedFields,
  encodeManagedFields,
  managerIdentity,
  tableOf,
} from './managerTable';
import { NEVER_OWNED, metadataOf, writablePart } from './neverOwned';

/** A write that is not an apply: create, update, or any other patch. */
export interface TrackedUpdate {
  /** The structural schema of the whole resource. */
  schema: StructuralSchema;
  /** The stored object; absent on create. */
  before?: object;
  /** The object as it will be stored, defaults included; its managedFields are those the client sent. */
  after: object;
  /** The field manager; empty counts as `unknown`. */
  manager: string;
  /** `group/version` of the request. */
  apiVersion: string;
  /** Now: RFC 3339, whole seconds. */
  time: string;
  /** `status` when the write came through it: part of the manager's identity, and the only part that may change. */
  subresource?: string;
}

/**
 * Who owns what after a write: fields that are new or changed belong to the writer alone, fields that are gone to nobody.
 * A writer that changed nothing owns nothing more, and its entry keeps its time. Returns the new
 * `metadata.managedFields`; an empty list means that the object has none.
 *
 * - A client may replace managedFields in the write itself (kubectl migrates from client-side apply that way); entries
 *   that are not valid, and entries sent through a subresource, are ignored.
 * - `managedFields: [{}]` drops all entries, and an object without entries stays so until somebody applies.
 */
export function trackUpdate(update: TrackedUpdate): ManagedFieldsEntry[] {
  const table = tableBefore(update);
  if (table.size === 0 && update.before) return [];
  return encodeManagedFields(capUpdateManagers(ownershipAfterUpdate(update, table)));
}

/** {@link trackUpdate} from a given table: what the write takes from the others and adds to the writer's entry. */
export function ownershipAfterUpdate(update: TrackedUpdate, table: ManagerTable): ManagerTable {
  const { before = {}, after, subresource, apiVersion, time } = update;
  const { added, modified, removed } = compareValues(
    resourceMergeSchema(update.schema),
    writablePart(before, subresource),
    writablePart(after, subresource),
  );
  const records = new Map(
    [...table].map(([identity, record]) => {
      const fields = record.fields.difference(added).without(modified).without(removed);
      return [identity, { ...record, fields }];
    }),
  );
  const taken = added.union(modified).difference(NEVER_OWNED);
  if (!taken.isEmpty()) {
    const writer = {
      manager: update.manager || 'unknown',
      operation: 'Update' as const,
      apiVersion,
      subresource,
    };
    const previous = records.get(managerIdentity(writer))?.fields ?? FieldSet.EMPTY;
    records.set(managerIdentity(writer), { ...writer, time, fields: previous.union(taken) });
  }
  return tableOf([...records.values()].filter(record => !record.fields.isEmpty()));
}

/** The ownership to start from: the client's when it sent a valid one, otherwise the stored one. */
function tableBefore({ before, after, subresource }: TrackedUpdate): ManagerTable {
  const stored = () => validOrEmpty(metadataOf(before).managedFields);
  if (subresource) return stored();
  const sent = metadataOf(after).managedFields;
  if (sameJson(sent, [{}])) return new Map();
  const fromClient = validOrEmpty(sent);
  return fromClient.size === 0 ? stored() : fromClient;
}

/** Ownership is bookkeeping: an entry nobody can read must not stop a write, so the list counts as absent. */
function validOrEmpty(entries: unknown): ManagerTable {
  try {
    return decodeManagedFields(entries);
  } catch {
    return new Map();
  }
}
