import { Expectation } from '@krate/resource-store';
import { admitDeletion } from './admit';
import { authorize, Mutation, writeRecorded } from './authorize';
import { Live, readLive } from './change';
import { draftOf, keyOf } from './draft';
import { preconditionFailed } from './errors';
import { toWire, wireForm } from './forms';
import { withPhase } from './namespaces';
import { Deleted, DeleteRequest } from './requests';
import { parseStored } from './Served';
import { forgetRevisions, recordRevision } from './revisions';
import { withRetries } from './retries';
import { ServiceContext, timestamp } from './ServiceContext';
import { WireMeta, WireObject } from './WireObject';

/** Finalizers by which a deletion's policy is recorded for the garbage collector, named as in Kubernetes. */
export const POLICY_FINALIZERS = { Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const;

/** DELETE on an object: gone at once, or marked while finalizers hold it. */
export async function remove(context: ServiceContext, request: DeleteRequest): Promise<Deleted> {
  await authorize(context, request, 'delete');
  return removeAuthorized(context, request);
}

/** As {@link remove}, for a caller that was authorized for all objects of a collection. */
export async function removeAuthorized(context: ServiceContext, request: DeleteRequest): Promise<Deleted> {
  return withRetries(request.kind, request.name, async () => {
    const live = await readLive(context, request);
    assertPreconditions(request, live);
    const expects = await admitDeletion(context, {
      target: request,
      operation: 'delete',
      verb: 'delete',
      object: live.object,
      live: live.object,
    });
    const finalizers = finalizersFor(request, live.object.metadata);
    return finalizers.length > 0
      ? mark(context, request, live, { finalizers, expects })
      : drop(context, request, live, expects);
  });
}

async function drop(
  context: ServiceContext,
  request: DeleteRequest,
  live: Live,
  expects: readonly Expectation[],
): Promise<Deleted> {
  const { kind, namespace, name } = request;
  if (request.dryRun) return { object: live.object, removed: true };
  const expectedRevision = live.stored.revision;
  const removal = { type: 'delete', key: keyOf(kind, namespace, name), expectedRevision } as const;
  const gone = await writeRecorded(context, deletionBy(request), removal, expects);
  await forgetRevisions(context, live.object);
  return { object: wireForm(context.storedForm, kind, gone.object), removed: true };
}

/** Asks for the deletion. A second request changes nothing, unless it changes the policy. */
async function mark(
  context: ServiceContext,
  request: DeleteRequest,
  live: Live,
  { finalizers, expects }: { finalizers: string[]; expects: readonly Expectation[] },
): Promise<Deleted> {
  const { kind, namespace, name } = request;
  const stored = parseStored(live.stored);
  const { metadata } = stored;
  const unchanged = metadata.deletionTimestamp && finalizers.join() === (metadata.finalizers ?? []).join();
  if (unchanged) return { object: live.object, removed: false };
  const next: WireObject = withPhase(kind, {
    ...stored,
    metadata: {
      ...metadata,
      finalizers,
      generation: (metadata.generation ?? 0) + (metadata.deletionTimestamp ? 0 : 1),
      deletionTimestamp: metadata.deletionTimestamp ?? timestamp(context),
      deletionGracePeriodSeconds: 0,
    },
  });
  if (request.dryRun) return { object: toWire(context.storedForm, kind, next), removed: false };
  const update = {
    type: 'update',
    key: keyOf(kind, namespace, name),
    draft: draftOf(next),
    expectedRevision: live.stored.revision,
  } as const;
  const marked = await writeRecorded(context, deletionBy(request), update, expects);
  const after = wireForm(context.storedForm, kind, marked.object);
  await recordRevision(context, { target: request, verb: 'delete', before: live.object, after });
  return { object: after, removed: false };
}

function finalizersFor({ propagationPolicy }: DeleteRequest, { finalizers = [] }: WireMeta): string[] {
  if (!propagationPolicy) return finalizers;
  const policies: readonly string[] = Object.values(POLICY_FINALIZERS);
  const others = finalizers.filter(name => !policies.includes(name));
  return propagationPolicy === 'Background' ? others : [...others, POLICY_FINALIZERS[propagationPolicy]];
}

function assertPreconditions({ kind, name, preconditions }: DeleteRequest, { object }: Live): void {
  const { uid, resourceVersion } = object.metadata;
  if (preconditions?.uid && preconditions.uid !== uid) {
    throw preconditionFailed(
      kind,
      name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (preconditions?.resourceVersion && preconditions.resourceVersion !== resourceVersion) {
    throw preconditionFailed(
      kind,
      name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
}

function deletionBy({ principal, kind, namespace }: DeleteRequest): Mutation {
  return { principal, verb: 'delete', kind, namespace };
}
