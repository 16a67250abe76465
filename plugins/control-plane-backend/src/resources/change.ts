import { ApiError, Kind, sameJson, structuralSchemaOf } from '@krate/resource-model';
import { Expectation, ObjectDraft, StoredObject } from '@krate/resource-store';
import { trackUpdate } from '../managedFields';
import { managerOf, validateAndAdmit } from './admit';
import { writeRecorded } from './authorize';
import { inOrder } from './decode';
import { draftOf, keyOf } from './draft';
import { conflict, modified, notFound } from './errors';
import { seal, toWire, wireForm } from './forms';
import { withPhase } from './namespaces';
import { keepNumber } from './numbering';
import { ObjectTarget, WriteOptions } from './requests';
import { forgetRevisions, recordRevision } from './revisions';
import { parseStored } from './Served';
import { ServiceContext, timestamp } from './ServiceContext';
import { WireMeta, WireObject } from './WireObject';

/** An object as it stands, in both forms. */
export interface Live {
  stored: StoredObject;
  /** The stored form. Only there does a changed Secret differ from an unchanged one. */
  form: WireObject;
  /** The wire form; for most kinds the very same. Both are read only. */
  object: WireObject;
}

/** Reads the object a write begins with. Rejects with NotFound. */
export async function readLive(context: ServiceContext, target: ObjectTarget): Promise<Live> {
  const live = await findLive(context, target);
  if (!live) throw notFound(target.kind, target.name);
  return live;
}

export async function findLive(context: ServiceContext, target: ObjectTarget): Promise<Live | undefined> {
  const { kind, namespace, name } = target;
  const stored = await context.store.get(keyOf(kind, namespace, name));
  if (!stored) return undefined;
  const form = parseStored(stored);
  return { stored, form, object: toWire(context.storedForm, kind, form) };
}

/** The next state of an object that exists. */
export interface Change {
  target: ObjectTarget & WriteOptions;
  verb: 'update' | 'patch' | 'apply';
  live: Live;
  /** Decoded: what the writer wants it to be. */
  next: WireObject;
  /** The managedFields are made already. */
  managed?: boolean;
}

/**
 * Takes a change through preconditions, validation, admission and bookkeeping into the store. A change that changes nothing
 * answers the live object and leaves its resourceVersion alone; removing the last finalizer of an object under deletion
 * removes the object. Rejects with the store's `conflict` when the object moved meanwhile.
 */
export async function storeChange(context: ServiceContext, change: Change): Promise<WireObject> {
  const { target, verb, live } = change;
  const { kind } = target;
  assertPreconditions(kind, live.object, change.next);
  const carried = keepNumber(kind, carryOver(change), live.object);
  assertFinalizers(kind, live.object, carried);
  const admitted = await validateAndAdmit(context, {
    target,
    operation: 'update',
    verb,
    object: carried,
    live: live.object,
  });
  let next = withPhase(kind, admitted.object);
  const form = seal(context.storedForm, kind, next, live.form);
  if (!change.managed) track(context, change, form);
  if (sameContent(form, live.form)) return live.object;
  if (!sameDesire(form, live.form)) form.metadata.generation = (live.form.metadata.generation ?? 0) + 1;
  const draft = draftOf(form);
  next = toWire(context.storedForm, kind, form);
  if (target.dryRun) return next;
  const answer = await write(context, change, { next, draft, expects: admitted.expects });
  if (isFinished(answer)) await forgetRevisions(context, answer);
  else await recordRevision(context, { target, verb, before: live.object, after: answer });
  return answer;
}

async function write(
  context: ServiceContext,
  { target, verb, live }: Change,
  { next, draft, expects }: { next: WireObject; draft: ObjectDraft; expects: readonly Expectation[] },
): Promise<WireObject> {
  const { principal, kind, namespace, name, subresource } = target;
  const key = keyOf(kind, namespace, name);
  const expectedRevision = live.stored.revision;
  const mutation = { principal, verb, kind, namespace, subresource };
  if (isFinished(next)) {
    const removal = { type: 'delete', key, expectedRevision } as const;
    const gone = await writeRecorded(context, mutation, removal, expects);
    return { ...next, metadata: { ...next.metadata, resourceVersion: String(gone.revision) } };
  }
  const update = { type: 'update', key, draft, expectedRevision } as const;
  const { object } = await writeRecorded(context, mutation, update, expects);
  return wireForm(context.storedForm, kind, object);
}

/** Under deletion, and nothing holds it any more. */
function isFinished({ metadata }: WireObject): boolean {
  return metadata.deletionTimestamp !== undefined && !metadata.finalizers?.length;
}

function assertPreconditions(kind: Kind, live: WireObject, next: WireObject): void {
  const { name = '', uid, resourceVersion } = live.metadata;
  if (next.metadata.uid && next.metadata.uid !== uid) {
    const why = `Precondition failed: UID in precondition: ${next.metadata.uid}, UID in object meta: ${uid}`;
    throw conflict(kind, name, why);
  }
  if (next.metadata.resourceVersion && next.metadata.resourceVersion !== resourceVersion)
    throw modified(kind, name);
}

/** What an update may not touch comes from the live object: the server's metadata, and the other half of spec and status. */
function carryOver({ target, live: { object: live }, next }: Change): WireObject {
  const metadata = { ...next.metadata, ...serverMetadata(live.metadata, next.metadata) };
  if (target.subresource !== 'status') {
    const { status: _, ...desired } = next;
    return inOrder(target.kind, {
      ...desired,
      metadata,
      ...(live.status === undefined ? {} : { status: live.status }),
    });
  }
  const { status: _, ...rest } = live;
  const managedFields = next.metadata.managedFields ?? live.metadata.managedFields;
  const kept = { ...live.metadata, ...(managedFields ? { managedFields } : {}) };
  return inOrder(target.kind, {
    ...rest,
    metadata: kept,
    ...(next.status === undefined ? {} : { status: next.status }),
  });
}

/** Absent identity is filled in (a different one is refused by validation); what the server counts is the server's. */
function serverMetadata(live: WireMeta, next: WireMeta): WireMeta {
  const { uid, resourceVersion, generation, deletionTimestamp, deletionGracePeriodSeconds, name } = live;
  const kept: WireMeta = { name: next.name || name, uid, resourceVersion, generation };
  kept.creationTimestamp = next.creationTimestamp || live.creationTimestamp;
  kept.deletionTimestamp = deletionTimestamp;
  kept.deletionGracePeriodSeconds = deletionGracePeriodSeconds;
  if (!next.generateName && live.generateName) kept.generateName = live.generateName;
  return kept;
}

function assertFinalizers(kind: Kind, live: WireObject, next: WireObject): void {
  if (!live.metadata.deletionTimestamp) return;
  const before = live.metadata.finalizers ?? [];
  const added = (Array.isArray(next.metadata.finalizers) ? next.metadata.finalizers : []).filter(
    name => !before.includes(name),
  );
  if (added.length === 0) return;
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(name => JSON.stringify(name)).join(', ')}}`;
  const field = 'metadata.finalizers';
  const name = live.metadata.name ?? '';
  const what = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  throw new ApiError('Invalid', `${what} "${name}" is invalid: ${field}: ${message}`, {
    name,
    group: kind.group,
    kind: kind.kind,
    causes: [{ reason: 'FieldValueForbidden', message, field }],
  });
}

function track(context: ServiceContext, { target, live }: Change, form: WireObject): void {
  const managedFields = trackUpdate({
    schema: structuralSchemaOf(target.kind),
    before: live.form,
    after: form,
    apiVersion: target.kind.apiVersion,
    manager: managerOf(target),
    time: timestamp(context),
    subresource: target.subresource,
  });
  if (managedFields.length > 0) form.metadata.managedFields = managedFields;
  else delete form.metadata.managedFields;
}

/** Equal but for the version, and for when managers last did what they do. */
function sameContent(a: WireObject, b: WireObject): boolean {
  return sameJson(comparable(a), comparable(b));
}

function comparable(object: WireObject): unknown {
  const { resourceVersion: _, managedFields, ...metadata } = object.metadata;
  const managers = managedFields?.map(({ time: _time, ...entry }) => entry);
  return { ...object, metadata: { ...metadata, managedFields: managers } };
}

/** Whether everything but metadata and status is equal: what the generation counts. */
function sameDesire(a: WireObject, b: WireObject): boolean {
  const desire = ({ metadata: _m, status: _s, ...rest }: WireObject) => rest;
  return sameJson(desire(a), desire(b));
}
