import { ApiError, JsonObject, StructuralSchema } from '@krate/resource-model';
import { Comparison, compareValues } from './compareValues';
import { FieldConflict, conflictError } from './conflictError';
import { FieldSet } from './FieldSet';
import { fieldSetOf } from './fieldSetOf';
import { sameJson } from './json';
import { conflictsAllowedByLastApplied, refreshLastApplied } from './lastApplied';
import { resourceMergeSchema } from './mergeShape';
import {
  ManagerRecord,
  ManagerTable,
  decodeManagedFields,
  encodeManagedFields,
  managerIdentity,
} from './managerTable';
import { mergeValues } from './mergeValues';
import { NEVER_OWNED, appliedPart, metadataOf, withoutManagedFields } from './neverOwned';
import { pruneDropped } from './pruneDropped';
import { ownershipAfterUpdate } from './trackUpdate';

/** The field manager of `kubectl apply --server-side`. */
const KUBECTL = 'kubectl';

/** A server-side apply. */
export interface ApplyRequest {
  /** The structural schema of the whole resource. */
  schema: StructuralSchema;
  /** The stored object; absent when the apply creates it. */
  live?: object;
  /** The configuration as sent, before defaulting: exactly its fields become the applier's. */
  applied: object;
  /** The configuration as its author wrote it, without what the request adds; kept for client-side apply. Default: `applied`. */
  written?: object;
  /** The field manager. */
  manager: string;
  /** `group/version` of the request; the configuration must say the same. */
  apiVersion: string;
  /** Take fields from other managers instead of refusing. */
  force?: boolean;
  /** Now: RFC 3339, whole seconds. */
  time: string;
  /** `status` when applied through it: part of the manager's identity, and the only part that may change. */
  subresource?: string;
}

/**
 * Server-side apply: merges the configuration into the live object, removes what this manager applied before and no
 * longer does, and records who owns what in `metadata.managedFields`. The result is to be defaulted, validated and
 * stored by the caller; defaults stay without an owner. An apply that changes nothing returns `live` itself.
 *
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 *
 * @throws ApiError Conflict when other managers own fields that would change, unless `force`
 * @throws ApiError BadRequest when the configuration carries managedFields or another apiVersion
 * @throws ApiError Invalid when items of an applied list cannot be told apart
 */
export function applyConfiguration(request: ApplyRequest): JsonObject {
  checkRequest(request);
  const schema = resourceMergeSchema(request.schema);
  const live = withoutManagedFields(request.live ?? {});
  const table = liveTable(request, live);

  const applier = applierOf(request);
  const identity = managerIdentity(applier);
  const previous = table.get(identity);
  const applied = appliedPart(request.applied, request.subresource);
  const fields = fieldSetOf(schema, applied).difference(NEVER_OWNED);

  const others = [...table.values()].filter(record => managerIdentity(record) !== identity);
  const owned = others.reduce((all, record) => all.union(record.fields), fields);
  const merged = mergeValues(schema, live, applied);
  const object = pruneDropped(schema, merged, previous?.fields ?? FieldSet.EMPTY, owned) as JsonObject;

  const comparison = compareValues(schema, live, object);
  const kept = settleConflicts(request, schema, others, comparison);
  const unchanged = sameJson(live, object);
  const stays = unchanged && previous?.apiVersion === request.apiVersion && previous.fields.equals(fields);
  const own = stays ? previous : { ...applier, time: request.time, fields };
  return finish(request, live, continueClientSide(request, object), new Map([...kept, [identity, own]]));
}

function checkRequest({ applied, apiVersion }: ApplyRequest): void {
  if ((metadataOf(applied).managedFields ?? undefined) !== undefined) {
    throw new ApiError(
      'BadRequest',
      'metadata.managedFields must be nil: the server keeps them, leave them out',
    );
  }
  const specified = (applied as JsonObject).apiVersion;
  if (specified !== apiVersion) {
    const versions = `Specified patch version: ${String(specified)}, expected: ${apiVersion}`;
    throw new ApiError('BadRequest', `Incorrect version specified in apply patch. ${versions}`);
  }
}

function applierOf({ manager, apiVersion, subresource }: ApplyRequest): Omit<ManagerRecord, 'fields'> {
  return { manager, operation: 'Apply', apiVersion, ...(subresource && { subresource }) };
}

/** The owners of the live object. What an object without any entry holds belongs to `before-first-apply`. */
function liveTable(request: ApplyRequest, live: JsonObject): ManagerTable {
  const stored = storedTable(request.live);
  if (stored.size > 0 || !request.live) return stored;
  const { schema, apiVersion, time } = request;
  const update = { schema, after: live, manager: 'before-first-apply', apiVersion, time };
  return ownershipAfterUpdate(update, stored);
}

function storedTable(live: object | undefined): ManagerTable {
  try {
    return decodeManagedFields(metadataOf(live).managedFields);
  } catch (error) {
    const problem = `metadata.managedFields of the stored object cannot be read: ${(error as Error).message}`;
    throw new ApiError('InternalError', `${problem}. Patch them to [{}] to start over`);
  }
}

/** The other managers' records after the apply. */
function settleConflicts(
  request: ApplyRequest,
  schema: StructuralSchema,
  others: ManagerRecord[],
  { added, modified, removed }: Comparison,
): [string, ManagerRecord][] {
  const changed = added.union(modified);
  const conflicts = others
    .map(owner => ({ owner, fields: owner.fields.intersection(changed) }))
    .filter(conflict => !conflict.fields.isEmpty());
  if (!request.force) refuse(notAllowed(request, schema, conflicts));
  return others.map(record => [
    managerIdentity(record),
    { ...record, fields: record.fields.difference(changed).without(removed) },
  ]);
}

/** kubectl may override what it wrote itself by client-side apply; see {@link conflictsAllowedByLastApplied}. */
function notAllowed(
  { manager, live, apiVersion }: ApplyRequest,
  schema: StructuralSchema,
  conflicts: FieldConflict[],
) {
  if (manager !== KUBECTL || conflicts.length === 0) return conflicts;
  const allowed = conflictsAllowedByLastApplied(schema, live ?? {}, apiVersion);
  return conflicts
    .map(({ owner, fields }) => ({ owner, fields: fields.difference(allowed) }))
    .filter(({ fields }) => !fields.isEmpty());
}

function refuse(conflicts: FieldConflict[]): void {
  if (conflicts.length > 0) throw conflictError(conflicts);
}

/** What only kubectl does besides applying: it keeps its client-side apply usable. */
function continueClientSide(
  { manager, subresource, applied, written = applied }: ApplyRequest,
  object: JsonObject,
): JsonObject {
  return manager === KUBECTL && !subresource ? refreshLastApplied(object, written) : object;
}

function finish(
  request: ApplyRequest,
  live: JsonObject,
  object: JsonObject,
  table: ManagerTable,
): JsonObject {
  const entries = encodeManagedFields(table);
  const same = sameJson(live, object) && sameJson(entries, metadataOf(request.live).managedFields ?? []);
  if (request.live && same) return request.live as JsonObject;
  return {
    ...object,
    metadata: { ...metadataOf(object), ...(entries.length > 0 && { managedFields: entries }) },
  };
}
