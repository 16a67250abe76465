import { ApiError, structuralSchemaOf } from '@krate/resource-model';
import { applyConfiguration } from '../managedFields';
import { authorize } from './authorize';
import { findLive, Live, storeChange } from './change';
import { insert } from './create';
import { decode, Decoded, inOrder } from './decode';
import { conflict, modified, notFound } from './errors';
import { ApplyRequest, Written } from './requests';
import { withRetries } from './retries';
import { ServiceContext, timestamp } from './ServiceContext';
import { WireObject } from './WireObject';

/** Server-side apply: the fields given belong to the manager, those it gave before and does not give now go. */
export async function apply(context: ServiceContext, request: ApplyRequest): Promise<Written> {
  assertManager(request);
  await authorize(context, request, 'patch');
  const decoded = decode(request, request.object, request);
  if (decoded.object.metadata.managedFields)
    throw new ApiError('BadRequest', 'metadata.managedFields must be nil');
  decoded.object.metadata.name = request.name;
  let racedCreate = false;
  return withRetries(request.kind, request.name, async () => {
    const live = await findLive(context, request);
    if (live) return applyOver(context, request, decoded, live);
    try {
      return await applyNew(context, request, decoded);
    } catch (error) {
      // Somebody else created it meanwhile: the second time it is there.
      if (racedCreate || !(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
      racedCreate = true;
      return apply(context, request);
    }
  });
}

async function applyOver(
  context: ServiceContext,
  request: ApplyRequest,
  decoded: Decoded,
  live: Live,
): Promise<Written> {
  const { resourceVersion } = decoded.object.metadata;
  if (resourceVersion && resourceVersion !== live.object.metadata.resourceVersion)
    throw modified(request.kind, request.name);
  const next = merge(context, request, decoded, live.object);
  const object = await storeChange(context, { target: request, verb: 'apply', live, next, managed: true });
  return { object, created: false, warnings: decoded.warnings };
}

async function applyNew(context: ServiceContext, request: ApplyRequest, decoded: Decoded): Promise<Written> {
  const { kind, name } = request;
  if (request.subresource) throw notFound(kind, name);
  const { uid, resourceVersion } = decoded.object.metadata;
  if (uid)
    throw conflict(
      kind,
      name,
      `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    );
  if (resourceVersion) throw modified(kind, name);
  await authorize(context, { ...request, name: undefined }, 'create');
  const object = merge(context, request, decoded, undefined);
  const created = await insert(context, {
    target: request,
    decoded: { ...decoded, object },
    verb: 'apply',
    managed: true,
  });
  return { object: created, created: true, warnings: decoded.warnings };
}

function merge(
  context: ServiceContext,
  request: ApplyRequest,
  { object }: Decoded,
  live: WireObject | undefined,
): WireObject {
  const merged = applyConfiguration({
    schema: structuralSchemaOf(request.kind),
    live,
    applied: object,
    written: request.object,
    apiVersion: request.kind.apiVersion,
    manager: request.fieldManager,
    force: request.force,
    time: timestamp(context),
    subresource: request.subresource,
  });
  return inOrder(request.kind, merged);
}

function assertManager({ fieldManager }: ApplyRequest): void {
  if (fieldManager) return;
  const message = 'Required value: is required for apply patch';
  throw new ApiError('Invalid', `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${message}`, {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [{ reason: 'FieldValueRequired', message, field: 'fieldManager' }],
  });
}
