import { Kind } from '../defineKind';
import { JsonObject } from '../isObject';
import { StructuralSchema } from '../StructuralSchema';
import { structuralSchemaOf } from '../structuralSchemaOf';
import { kindFactsOf } from './kindFactsOf';
import { mapSchema } from './mapSchema';
import { metaRef, metaSchemas } from './metaSchemas';
import { openApiOperations } from './openApiOperations';
import { tellReference } from './tellReference';
import { isUnattended, NO_CONTROLLER } from './unattended';

/**
 * The document at `/openapi/v3/apis/<group>/<version>` (`/openapi/v3/api/v1` for core kinds). kubectl explains fields from it,
 * and leaves validation to the server because every PATCH operation lists `fieldValidation` and its kind.
 *
 * @param groupVersion - `krate.a5c.ai/v1alpha1` or `v1`; kinds of other group versions are left out
 * @param controllersOf - who acts on objects of a kind, where that is known
 */
export function openApiV3Of(
  kinds: readonly Kind[],
  groupVersion: string,
  controllersOf?: (kind: Kind) => readonly string[] | undefined,
): JsonObject {
  const ours = kinds.filter(kind => kind.apiVersion === groupVersion);
  const root = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
  const paths: JsonObject = {};
  const schemas: Record<string, JsonObject> = { ...metaSchemas };
  for (const kind of ours) {
    const name = schemaNameOf(kind);
    schemas[name] = objectSchema(kind, controllersOf?.(kind));
    schemas[`${name}List`] = listSchema(kind, name);
    for (const [path, operations] of Object.entries(openApiOperations(kind, name)))
      paths[`${root}${path}`] = operations;
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Krate', version: groupVersion },
    paths,
    components: { schemas },
  };
}

/** `ai.a5c.krate.v1alpha1.Repository`; core kinds have the name every Kubernetes has for them. */
function schemaNameOf({ group, version, kind }: Kind): string {
  const prefix = group ? group.split('.').reverse().join('.') : 'io.k8s.api.core';
  return `${prefix}.${version}.${kind}`;
}

function objectSchema(kind: Kind, controllers: readonly string[] | undefined): JsonObject {
  const schema = mapSchema(structuralSchemaOf(kind), openApi);
  const metadata = { description: 'Standard object metadata.', allOf: [metaRef('ObjectMeta')] };
  const description = isUnattended(kind, controllers) ? `${kind.summary}\n\n${NO_CONTROLLER}` : kind.summary;
  return {
    ...schema,
    description,
    properties: { ...(schema.properties as JsonObject), metadata },
    'x-kubernetes-group-version-kind': [{ group: kind.group, kind: kind.kind, version: kind.version }],
    'x-krate-kind': kindFactsOf(kind, controllers),
  };
}

function listSchema(kind: Kind, name: string): JsonObject {
  return {
    type: 'object',
    description: `A list of ${kind.kind}.`,
    required: ['items'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { allOf: [metaRef('ListMeta')] },
      items: { type: 'array', items: { allOf: [{ $ref: `#/components/schemas/${name}` }] } },
    },
    'x-kubernetes-group-version-kind': [
      { group: kind.group, kind: `${kind.kind}List`, version: kind.version },
    ],
  };
}

function openApi(node: StructuralSchema): JsonObject {
  if (!node['x-kubernetes-int-or-string']) return tellReference(node) as JsonObject;
  return { ...node, format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] };
}
