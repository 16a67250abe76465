import { Kind } from '../defineKind';
import { JsonObject } from '../isObject';
import { metaRef } from './metaSchemas';

interface Parameter {
  name: string;
  in: 'query' | 'path';
  required?: boolean;
  description: string;
  schema: { type: string };
}

const query = (name: string, type: string, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type },
});
const inPath = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

const WRITE = [
  query('dryRun', 'string', 'All: do everything but store.'),
  query('fieldManager', 'string', 'Who makes the change.'),
  query('fieldValidation', 'string', 'What happens to unknown fields: Ignore, Warn or Strict.'),
];
const FORCE = query('force', 'boolean', 'Take over fields of other managers; only for apply patches.');
const DELETE = [
  query('dryRun', 'string', 'All: do everything but store.'),
  query('gracePeriodSeconds', 'integer', 'Seconds the object may take to end.'),
  query('propagationPolicy', 'string', 'Orphan, Background or Foreground.'),
];
const SELECT = [
  query('labelSelector', 'string', 'Only objects whose labels match.'),
  query('fieldSelector', 'string', 'Only objects whose fields match.'),
];
const LIST = [
  ...SELECT,
  query('limit', 'integer', 'Answer at most so many objects and a token to go on with.'),
  query('continue', 'string', 'The token to go on with.'),
  query('resourceVersion', 'string', 'How fresh the answer must be, or where a watch begins.'),
  query('resourceVersionMatch', 'string', 'Exact or NotOlderThan.'),
  query('watch', 'boolean', 'Stream changes.'),
  query('allowWatchBookmarks', 'boolean', 'Send bookmarks while watching.'),
  query('sendInitialEvents', 'boolean', 'Begin a watch with the present objects.'),
  query('timeoutSeconds', 'integer', 'End the watch after so long.'),
];

const PATCH_TYPES = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
];
const JSON_TYPE = 'application/json';
const DELETE_BODY = { [JSON_TYPE]: metaRef('DeleteOptions') };

/** The operations of a kind by path below the group version, as an API server documents them. */
export function openApiOperations(kind: Kind, schemaName: string): Record<string, JsonObject> {
  const object = { $ref: `#/components/schemas/${schemaName}` };
  const list = { $ref: `#/components/schemas/${schemaName}List` };
  const base = kind.clusterScoped ? `/${kind.plural}` : `/namespaces/{namespace}/${kind.plural}`;
  const place = kind.clusterScoped ? [] : [inPath('namespace', 'Namespace of the object.')];
  const one = [...place, inPath('name', 'Name of the object.')];
  const build = operationBuilder(kind);
  const item = (subresource: string) => ({
    get: build(`read${subresource}`, 'get', one, object),
    put: build(`replace${subresource}`, 'put', [...one, ...WRITE], object, { [JSON_TYPE]: object }),
    patch: build(
      `patch${subresource}`,
      'patch',
      [...one, ...WRITE, FORCE],
      object,
      Object.fromEntries(PATCH_TYPES.map(type => [type, {}])),
    ),
  });
  return {
    ...(kind.clusterScoped
      ? {}
      : { [`/${kind.plural}`]: { get: build('listForAllNamespaces', 'list', LIST, list) } }),
    [base]: {
      get: build('list', 'list', [...place, ...LIST], list),
      post: build('create', 'post', [...place, ...WRITE], object, { [JSON_TYPE]: object }),
      delete: build(
        'deleteCollection',
        'deletecollection',
        [...place, ...SELECT, ...DELETE],
        metaRef('Status'),
        DELETE_BODY,
      ),
    },
    [`${base}/{name}`]: {
      ...item(''),
      delete: build('delete', 'delete', [...one, ...DELETE], metaRef('Status'), DELETE_BODY),
    },
    ...(hasStatus(kind) ? { [`${base}/{name}/status`]: item('Status') } : {}),
  };
}

/** Whether the kind has a status and with it the `/status` subresource. */
function hasStatus(kind: Kind): boolean {
  return !kind.flat || kind.status !== undefined;
}

function operationBuilder({ group, version, kind }: Kind) {
  return (
    id: string,
    action: string,
    parameters: Parameter[],
    answer: JsonObject,
    body?: Record<string, JsonObject>,
  ) => ({
    operationId: `${id}${kind}`,
    parameters,
    ...(body ? { requestBody: { content: contentOf(body) } } : {}),
    responses: { '200': { description: 'OK', content: contentOf({ [JSON_TYPE]: answer }) } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, kind, version },
  });
}

function contentOf(schemas: Record<string, JsonObject>): JsonObject {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
}
