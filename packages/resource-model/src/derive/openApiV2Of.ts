import { Kind } from '../defineKind';
import { isObject, JsonObject } from '../isObject';
import { openApiV3Of } from './openApiV3Of';

/** Words of OpenAPI v3 and of ours that Swagger 2.0 does not have. As a kube-apiserver, v2 tells no defaults of kinds either. */
const DROPPED = ['nullable', 'default', 'oneOf'];

/**
 * The document at `/openapi/v2`: every kind of every group version in one, as older clients and `kubectl explain` by
 * OpenAPI v2 read it.
 */
export function openApiV2Of(
  kinds: readonly Kind[],
  controllersOf?: (kind: Kind) => readonly string[] | undefined,
): JsonObject {
  const versions = [...new Set(kinds.map(({ apiVersion }) => apiVersion))];
  const documents = versions.map(version => openApiV3Of(kinds, version, controllersOf));
  return {
    swagger: '2.0',
    info: { title: 'Krate', version: '1' },
    paths: Object.assign({}, ...documents.map(({ paths }) => pathsOf(paths as Record<string, JsonObject>))),
    definitions: Object.assign({}, ...documents.map(({ components }) => definitionsOf(components))),
  };
}

function definitionsOf(components: unknown): JsonObject {
  const { schemas } = components as { schemas: Record<string, JsonObject> };
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaOf(schema)]));
}

function schemaOf(schema: JsonObject): JsonObject {
  const words = Object.entries(schema).filter(
    ([word]) => !DROPPED.includes(word) && !word.startsWith('x-krate-'),
  );
  const told = Object.fromEntries(words.map(([word, value]) => [word, wordOf(word, value)]));
  const [only] = Array.isArray(schema.allOf) ? (schema.allOf as JsonObject[]) : [];
  if (only?.$ref) {
    delete told.allOf;
    told.$ref = referenceOf(only.$ref);
  }
  // What may be anything has no type: clients would look for its fields.
  if (schema['x-kubernetes-preserve-unknown-fields']) delete told.type;
  return told;
}

function wordOf(word: string, value: unknown): unknown {
  if (word === '$ref') return referenceOf(value);
  if (word === 'properties')
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, child]) => [name, schemaOf(child as JsonObject)]),
    );
  return isObject(value) && (word === 'items' || word === 'additionalProperties') ? schemaOf(value) : value;
}

function referenceOf(reference: unknown): string {
  return String(reference).replace('#/components/schemas/', '#/definitions/');
}

function pathsOf(paths: Record<string, JsonObject>): JsonObject {
  return mapValues(paths, path => mapValues(path as Record<string, JsonObject>, operationOf));
}

interface Content {
  content: Record<string, { schema: JsonObject }>;
}

/** Swagger tells the body as a parameter, and media types once for the whole operation. */
function operationOf({ parameters, requestBody, responses, ...rest }: JsonObject): JsonObject {
  const body = requestBody as Content | undefined;
  const consumes = Object.keys(body?.content ?? {});
  const [given] = Object.values(body?.content ?? {});
  const inBody = { name: 'body', in: 'body', required: true, schema: schemaOf(given?.schema ?? {}) };
  return {
    ...rest,
    produces: ['application/json', 'application/yaml'],
    ...(body ? { consumes } : {}),
    parameters: [...(parameters as JsonObject[]).map(parameterOf), ...(body ? [inBody] : [])],
    responses: mapValues(
      responses as Record<string, Content & { description: string }>,
      ({ description, content }) => ({
        description,
        schema: schemaOf(Object.values(content)[0].schema),
      }),
    ),
  };
}

function parameterOf({ schema, ...rest }: JsonObject): JsonObject {
  return { ...rest, ...(schema as JsonObject) };
}

function mapValues<T>(record: Record<string, T>, change: (value: T) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
