import { ApiError, decodeObject, isObject, JsonObject, Status } from '@krate/resource-model';
import { DeleteOptions } from '../../resources';
import { ItemCall, ResourceCall } from '../ApiCall';
import { decodeProtobuf, PROTOBUF_TYPE } from '../decodeProtobuf';
import { negotiate } from '../negotiate';
import { invalidOption } from '../invalidOption';
import { flag, isDryRun, selectionOf } from '../options';
import { BODY_LIMIT, mediaTypeOf, readBody } from '../readBody';
import { sendObject } from '../respond';

/** DELETE of an object: a Status when it is gone, the object while finalizers hold it. */
export async function deleteRoute(call: ItemCall): Promise<void> {
  const { context, req, res, principal, path } = call;
  const { format } = negotiate(req.headers.accept);
  const { object, removed } = await context.service.delete({
    principal,
    ...path,
    ...(await deleteOptions(call)),
  });
  await sendObject(res, 200, removed ? success(path, object.metadata.uid) : object, format);
}

/** DELETE of a collection: answers the list of what was deleted. */
export async function deleteCollectionRoute(call: ResourceCall): Promise<void> {
  const { context, req, res, principal, query, path } = call;
  const { kind, namespace } = path;
  const { format } = negotiate(req.headers.accept);
  const options = await deleteOptions(call);
  const deleted = await context.service.deleteCollection({
    principal,
    kind,
    namespace,
    ...selectionOf(kind, query),
    ...options,
  });
  const items = deleted.map(({ object }) => object);
  await sendObject(
    res,
    200,
    { apiVersion: kind.apiVersion, kind: `${kind.kind}List`, metadata: {}, items },
    format,
  );
}

function success({ kind, name }: ItemCall['path'], uid: string | undefined): Status {
  const details = { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural, uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

/** From the body, which wins, and the query. */
async function deleteOptions({ req, query }: ResourceCall): Promise<DeleteOptions> {
  const body = await readOptions(req);
  const policy = body.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  const orphan = body.orphanDependents ?? flag(query, 'orphanDependents');
  if (policy && orphan !== undefined) {
    const message = `Invalid value: ${JSON.stringify(policy)}: orphanDependents and deletionPropagation cannot be both set`;
    throw invalidOption('DELETE', 'FieldValueInvalid', 'propagationPolicy', message);
  }
  const dryRun = Array.isArray(body.dryRun) ? body.dryRun : query.getAll('dryRun');
  return {
    propagationPolicy: orphan === true ? 'Orphan' : policyOf(policy),
    preconditions: preconditionsOf(body.preconditions),
    dryRun: isDryRun(req.method, dryRun),
  };
}

async function readOptions(req: ResourceCall['req']): Promise<JsonObject> {
  const body = await readBody(req);
  if (body.length === 0) return {};
  const type = mediaTypeOf(req);
  const options =
    type === PROTOBUF_TYPE
      ? decodeProtobuf(body)
      : decodeObject(body.toString('utf8'), type, { maxBytes: BODY_LIMIT });
  if (options.kind === undefined || options.kind === 'DeleteOptions') return options;
  throw new ApiError(
    'BadRequest',
    `the body of a deletion is a DeleteOptions, not a ${String(options.kind)}`,
  );
}

function policyOf(policy: unknown): DeleteOptions['propagationPolicy'] {
  if (policy === undefined || policy === '') return undefined;
  if (policy === 'Background' || policy === 'Foreground' || policy === 'Orphan') return policy;
  const message = `Unsupported value: ${JSON.stringify(policy)}: supported values: "Foreground", "Background", "Orphan", "nil"`;
  throw invalidOption('DELETE', 'FieldValueNotSupported', 'propagationPolicy', message);
}

function preconditionsOf(value: unknown): DeleteOptions['preconditions'] {
  if (!isObject(value)) return undefined;
  const text = (field: unknown) => (typeof field === 'string' && field ? field : undefined);
  return { uid: text(value.uid), resourceVersion: text(value.resourceVersion) };
}
