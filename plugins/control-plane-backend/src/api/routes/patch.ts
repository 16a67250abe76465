import { ApiError } from '@krate/resource-model';
import { Written } from '../../resources';
import { ItemCall } from '../ApiCall';
import { negotiate } from '../negotiate';
import { flag, givenManager, writeOptions } from '../options';
import { mediaTypeOf, readBody, sentObject } from '../readBody';
import { includeObjectOf, represent } from '../representations';
import { addWarnings, sendObject } from '../respond';
import { warnWhenUnattended } from '../warnWhenUnattended';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

/** PATCH of an object or its status; the content type says which kind of patch. Strategic merge needs built-in types. */
export async function patchRoute(call: ItemCall): Promise<void> {
  const { context, req, res, query, path } = call;
  const view = {
    ...negotiate(req.headers.accept),
    includeObject: includeObjectOf(query),
    now: context.now(),
  };
  const written = await patchBy(call);
  addWarnings(res, written.warnings);
  warnWhenUnattended(call);
  await sendObject(res, written.created ? 201 : 200, represent(path.kind, written.object, view), view.format);
}

async function patchBy(call: ItemCall): Promise<Written> {
  const { context, req, principal, query, path } = call;
  const type = mediaTypeOf(req);
  if (![JSON_PATCH, MERGE_PATCH, APPLY_PATCH].includes(type)) throw unknownFormat();
  const fieldManager = givenManager(call) ?? '';
  const force = flag(query, 'force');
  const body = (await readBody(req)).toString('utf8');
  const options = writeOptions(call);
  if (type === APPLY_PATCH) {
    return context.service.apply({
      principal,
      ...path,
      ...sentObject(body, type),
      ...options,
      fieldManager,
      force,
    });
  }
  if (force !== undefined) throw forceForbidden();
  if (type === MERGE_PATCH) {
    const { object: patch, duplicateFields } = sentObject(body, type);
    return context.service.patch({ principal, ...path, type: 'merge', patch, duplicateFields, ...options });
  }
  return context.service.patch({ principal, ...path, type: 'json', patch: parseJson(body), ...options });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError('BadRequest', `error decoding patch: ${(error as Error).message}`);
  }
}

function unknownFormat(): ApiError {
  const types = [JSON_PATCH, MERGE_PATCH, APPLY_PATCH].join(', ');
  const message = `the body of the request was in an unknown format - accepted media types include: ${types}`;
  return new ApiError('UnsupportedMediaType', message);
}

function forceForbidden(): ApiError {
  const message = 'Forbidden: may not be specified for non-apply patch';
  return new ApiError('Invalid', `PatchOptions.meta.k8s.io "" is invalid: force: ${message}`, {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [{ reason: 'FieldValueForbidden', message, field: 'force' }],
  });
}
