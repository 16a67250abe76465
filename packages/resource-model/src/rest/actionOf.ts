import { z } from 'zod';
import { isObject, JsonObject } from '../isObject';
import { Route, RouteAnswer } from './defineRoute';

/** A route of an organization as templates, agents and MCP clients see it. */
export interface Action {
  /** Kebab case: `list-resources`. */
  name: string;
  title: string;
  description: string;
  /** Changes nothing. */
  readOnly: boolean;
  /** Doing it twice is as doing it once. */
  idempotent: boolean;
  /** A person agrees in the portal before it is done. */
  asksFirst: boolean;
  /** The input that is the whole body of the request; absent where the body's fields are inputs themselves. */
  bodyAs?: string;
  /** JSON Schema of its input: the organization, the parameters and the body's fields side by side. */
  input: JsonObject;
}

/** What a route is called with. */
export interface ActionCall {
  org: string;
  params: Record<string, string>;
  query: JsonObject;
  body?: unknown;
}

/** The action of a route; undefined where it offers none: streams, routes without an organization, and those that say so. */
export function actionOf(route: Route): Action | undefined {
  if (route.action === false || !route.path.includes('{org}') || isStream(route)) return undefined;
  const { name = kebab(route.id), asksFirst = route.method === 'DELETE', bodyAs } = route.action ?? {};
  return {
    name,
    title: route.summary,
    description: [route.summary, route.description].filter(Boolean).join('. '),
    readOnly: route.method === 'GET',
    idempotent: route.method !== 'POST',
    asksFirst,
    ...(bodyAs && { bodyAs }),
    input: inputSchemaOf(route),
  };
}

/** Sorts the input of an action to where the route takes it. What the route does not know stays in the body, which names it. */
export function actionCallOf(route: Route, input: JsonObject): ActionCall {
  const { org, ...rest } = input;
  const [params, afterParams] = taken(rest, keysOf(route.params));
  const [query, left] = taken(afterParams, keysOf(route.query));
  const { bodyAs } = route.action || {};
  const call = { org: String(org), params: params as Record<string, string>, query };
  if (!route.body) return { ...call, query: { ...query, ...left } };
  return { ...call, body: bodyAs ? left[bodyAs] : left };
}

function inputSchemaOf(route: Route): JsonObject {
  const parts = [route.params, route.query].filter(part => part !== undefined).map(schemaOf);
  const { bodyAs } = route.action || {};
  if (route.body && !bodyAs) parts.push(schemaOf(route.body));
  const own = route.body && bodyAs ? { [bodyAs]: schemaOf(route.body) } : {};
  return {
    type: 'object',
    properties: {
      org: { type: 'string', description: 'Name of the organization.' },
      ...Object.assign({}, ...parts.map(({ properties }) => properties)),
      ...own,
    },
    required: ['org', ...parts.flatMap(({ required }) => (required as string[]) ?? []), ...Object.keys(own)],
  };
}

/** Without references: those who read it know no other document. */
function schemaOf(schema: z.ZodType): JsonObject {
  const { $defs = {}, ...made } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonObject;
  return inlined(made, $defs as Record<string, JsonObject>) as JsonObject;
}

function inlined(node: unknown, definitions: Record<string, JsonObject>): unknown {
  if (Array.isArray(node)) return node.map(each => inlined(each, definitions));
  if (!isObject(node)) return node;
  const { $ref, $schema: _, id: __, ...rest } = node;
  const definition = typeof $ref === 'string' ? definitions[$ref.replace('#/$defs/', '')] : undefined;
  const { id: ___, ...whole } = { ...definition, ...rest } as JsonObject;
  const words = Object.entries(whole).filter(([word]) => !word.startsWith('x-'));
  return Object.fromEntries(
    words.map(([word, value]) => [
      word,
      // Names of fields are no words of the schema: one may be called `id`.
      word === 'properties' && isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, field]) => [name, inlined(field, definitions)]),
          )
        : inlined(value, definitions),
    ]),
  );
}

function keysOf(schema: z.ZodObject | undefined): string[] {
  return schema ? Object.keys(schema.shape) : [];
}

function taken(input: JsonObject, keys: readonly string[]): [JsonObject, JsonObject] {
  const entries = Object.entries(input);
  return [
    Object.fromEntries(entries.filter(([key]) => keys.includes(key))),
    Object.fromEntries(entries.filter(([key]) => !keys.includes(key))),
  ];
}

function isStream({ answers }: Route): boolean {
  return Object.values(answers as Record<string, RouteAnswer>).some(
    ({ contentType }) => contentType === 'text/event-stream',
  );
}

function kebab(id: string): string {
  return id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
