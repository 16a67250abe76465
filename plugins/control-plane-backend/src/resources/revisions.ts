import { CREATED_BY_ANNOTATION } from '@krate/plugin-control-plane-common';
import { principalName } from '@krate/plugin-control-plane-node';
import { sameJson } from '@krate/resource-model';
import { Revision } from '../history/RevisionLog';
import { get } from './get';
import { ObjectTarget } from './requests';
import { ServiceContext } from './ServiceContext';
import { WireObject } from './WireObject';

/** kubectl's own copy of what it applied would show every change twice. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** GET on the history of an object: what it was wanted to be, newest first. Whoever may get the object may read it. */
export async function history(context: ServiceContext, request: ObjectTarget): Promise<Revision[]> {
  const { object } = await get(context, request);
  const revisions = (await context.revisions?.list(object.metadata.uid ?? '')) ?? [];
  return revisions.length > 0 ? revisions : [beginningOf(object)];
}

/**
 * Remembers a change that was committed, unless nothing but bookkeeping changed. History is a help to readers: when it
 * cannot be kept, the write still stands, and the log says so.
 */
export async function recordRevision(
  context: ServiceContext,
  change: {
    target: ObjectTarget;
    verb: Revision['action'];
    before: WireObject;
    after: WireObject;
  },
): Promise<void> {
  const { target, verb, before, after } = change;
  if (!context.revisions || target.subresource || target.kind.kind === 'Event') return;
  const object = desireOf(after);
  // A replaced value of a Secret shows in the generation alone.
  const isDesired = after.metadata.generation !== before.metadata.generation;
  if (!isDesired && sameJson(timeless(object), timeless(desireOf(before)))) return;
  const revision: Revision = {
    resourceVersion: after.metadata.resourceVersion ?? '',
    time: context.now().toISOString(),
    principal: principalName(target.principal),
    action: verb,
    object,
  };
  try {
    await context.revisions.record(after.metadata.uid ?? '', beginningOf(before), revision);
  } catch (error) {
    context.logger.error(`The history of ${target.kind.kind} ${target.name} lacks a change`, error as Error);
  }
}

/** Forgets the history of an object that is gone. */
export async function forgetRevisions(context: ServiceContext, object: WireObject): Promise<void> {
  try {
    await context.revisions?.forget(object.metadata.uid ?? '');
  } catch (error) {
    context.logger.error(`The history of a deleted ${object.kind} could not be removed`, error as Error);
  }
}

/** The state an object has had since it was made, as far as anybody noted. */
function beginningOf(object: WireObject): Revision {
  const { metadata } = object;
  return {
    resourceVersion: metadata.resourceVersion ?? '0',
    time: metadata.creationTimestamp ?? new Date(0).toISOString(),
    principal: metadata.annotations?.[CREATED_BY_ANNOTATION],
    action: 'create',
    object: desireOf(object),
  };
}

function desireOf(object: WireObject): WireObject {
  const { status: _status, metadata, ...rest } = object;
  const { managedFields: _managed, annotations, ...kept } = metadata;
  const { [LAST_APPLIED]: _applied, ...noted } = annotations ?? {};
  const withNotes = Object.keys(noted).length > 0 ? { annotations: noted } : {};
  return { ...rest, metadata: { ...kept, ...withNotes } } as WireObject;
}

/** Without what changes at every write. */
function timeless({ metadata, ...rest }: WireObject): unknown {
  const { resourceVersion: _version, generation: _generation, ...kept } = metadata;
  return { ...rest, metadata: kept };
}
