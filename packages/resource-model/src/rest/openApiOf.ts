import { z } from 'zod';
import { Kind } from '../defineKind';
import { mapSchema } from '../derive/mapSchema';
import { wireSchemaOf, withoutVendorWords } from '../derive/wireSchemaOf';
import { isObject, JsonObject } from '../isObject';
import { objectMetaSchema } from '../objectMetaSchema';
import { actionOf } from './actionOf';
import { Route, RouteAnswer } from './defineRoute';
import { errorBody, REFUSALS } from './errorSchema';

/** The version of the REST facade: its first part grows when a route stops taking or answering what it did. */
export const REST_VERSION = '1.0.0';

type Schemas = Record<string, JsonObject>;

const ORGANIZATION = {
  name: 'org',
  in: 'path',
  required: true,
  description: 'Name of the organization.',
  schema: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 53 },
  example: 'acme',
};
const REQUEST_ID = {
  name: 'x-request-id',
  in: 'header',
  required: false,
  description:
    'Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it.',
  schema: { type: 'string', pattern: '^[-A-Za-z0-9._:]{1,128}$' },
};

const anyResourceSchema: JsonObject = {
  type: 'object',
  description: 'An object of any kind; the Kubernetes API below /api/krate/openapi describes each kind.',
  required: ['apiVersion', 'kind', 'metadata'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { ...mapSchema(objectMetaSchema, withoutVendorWords), required: ['name'] },
    spec: { type: 'object', additionalProperties: true },
    status: { type: 'object', additionalProperties: true },
  },
  additionalProperties: true,
};

/**
 * The OpenAPI 3.1 document of routes. Kinds that an answer names become components with their own schemas, so that a client
 * generated from the document knows their fields.
 *
 * @param kinds - those that are installed; an answer with another kind is described as any resource
 */
export function openApiOf(options: { routes: readonly Route[]; kinds: readonly Kind[] }): JsonObject {
  const schemas: Schemas = {};
  const paths: Record<string, JsonObject> = {};
  for (const route of [...options.routes].sort(byPath)) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operationOf(route, schemas),
    };
  }
  collect(errorBody, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Krate',
      version: REST_VERSION,
      summary: 'Repositories, reviews, agents and everything else of an organization.',
      description:
        'A thin layer over Krate’s resources: every call reads or writes them as the caller, through the same admission and authorization as the Kubernetes API below `/api/krate`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    security: [{ token: [] }],
    tags: tagsOf(options.routes),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token (`krate_a_…`), made on the page of your account or by `krate login`.',
        },
      },
      parameters: { Organization: ORGANIZATION, RequestId: REQUEST_ID },
      responses: refusals(options.routes),
      schemas: withKinds(schemas, options.kinds),
    },
  };
}

function byPath(a: Route, b: Route): number {
  const [left, right] = [`${a.path} ${a.method}`, `${b.path} ${b.method}`];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function tagsOf(routes: readonly Route[]): JsonObject[] {
  return [...new Set(routes.map(route => route.tag))].sort().map(name => ({ name }));
}

function operationOf(route: Route, schemas: Schemas): JsonObject {
  const { id, tag, summary, description, open, body, bodyOptional, example } = route;
  const action = actionOf(route);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    ...(open ? { security: [] } : {}),
    ...(action ? { 'x-krate-action': action } : {}),
    parameters: parametersOf(route, schemas),
    ...(body
      ? {
          requestBody: {
            required: !bodyOptional,
            content: {
              'application/json': {
                schema: collect(body, 'input', schemas),
                ...(example === undefined ? {} : { example }),
              },
            },
          },
        }
      : {}),
    responses: responsesOf(route, schemas),
  };
}

function parametersOf(route: Route, schemas: Schemas): JsonObject[] {
  const common = (name: string) => ({ $ref: `#/components/parameters/${name}` });
  return [
    ...(route.path.includes('{org}') ? [common('Organization')] : []),
    ...ofObject(route.params, 'path', schemas),
    ...ofObject(route.query, 'query', schemas),
    common('RequestId'),
  ];
}

function ofObject(schema: z.ZodObject | undefined, place: 'path' | 'query', schemas: Schemas): JsonObject[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = collect(schema, 'input', schemas) as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

function responsesOf(route: Route, schemas: Schemas): JsonObject {
  const answers = Object.entries(route.answers as Record<string, RouteAnswer>).map(
    ([code, { description, body, contentType = 'application/json' }]) => [
      code,
      { description, content: { [contentType]: { schema: collect(body, 'output', schemas) } } },
    ],
  );
  const refused = refusalsOf(route)
    .filter(code => !(code in route.answers))
    .map(code => [String(code), { $ref: `#/components/responses/${REFUSALS[code].name}` }]);
  return Object.fromEntries([...answers, ...refused]);
}

/** Every status code with which a route may refuse. */
export function refusalsOf(route: Route): number[] {
  const codes = new Set<number>(route.errors ?? []);
  const add = (...more: number[]) => more.forEach(code => codes.add(code));
  add(500);
  if (!route.open) add(400, 401, 403, 503);
  if (route.path.includes('{')) add(404);
  if (route.method !== 'GET') add(409, 422);
  if (route.body) add(413, 415);
  return [...codes].sort((a, b) => a - b);
}

function refusals(routes: readonly Route[]): JsonObject {
  const schema = { $ref: '#/components/schemas/ErrorResponse' };
  const used = new Set(routes.flatMap(refusalsOf));
  const needed = Object.entries(REFUSALS).filter(([code]) => used.has(Number(code)));
  return Object.fromEntries(
    needed.map(([, { name, description }]) => [
      name,
      { description, content: { 'application/json': { schema } } },
    ]),
  );
}

/** The JSON Schema of a zod schema; parts that have an id go to the document's components. */
function collect(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): JsonObject {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Schemas)) {
    schemas[name] = moved(withoutId(definition)) as JsonObject;
  }
  const { id } = own;
  const here = moved(withoutId(own)) as JsonObject;
  if (typeof id !== 'string') return here;
  schemas[id] = here;
  return { $ref: `#/components/schemas/${id}` };
}

function withoutId({ id: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function moved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(moved);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([word, value]) => [
      word,
      word === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : moved(value),
    ]),
  );
}

function withKinds(schemas: Schemas, kinds: readonly Kind[]): Schemas {
  const filled = Object.entries({ ...schemas, KrateResource: { 'x-krate-kind': '*' } }).map(
    ([name, schema]) => {
      const wanted = schema['x-krate-kind'];
      if (wanted === undefined) return [name, schema] as const;
      const kind = kinds.find(each => each.kind === wanted);
      return [name, kind ? wireSchemaOf(kind) : anyResourceSchema] as const;
    },
  );
  return Object.fromEntries(filled.sort(([a], [b]) => (a < b ? -1 : 1)));
}
