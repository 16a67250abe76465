import { z } from 'zod';
import { refuseWhatIsNotStructural } from './refuseWhatIsNotStructural';
import { isObject, JsonObject } from './isObject';
import { StructuralSchema } from './StructuralSchema';
import { FORMATS } from './formats';

/** The names zod gives formats that Kubernetes knows by another name. */
const FORMAT_NAMES: Record<string, string> = { base64: 'byte', cidrv4: 'cidr', cidrv6: 'cidr' };

/** Lookaround, back-references, `\u` escapes, and counts over 1000. */
const BEYOND_RE2 = /\(\?[=!<]|\\[1-9u]|\{(\d+,)?(?!1000\D)\d{4,}[,}]/;

const KEPT = [
  'type', 'title', 'description', 'default', 'nullable', 'enum', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum',
  'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'required',
]; // prettier-ignore

/** A message for the person who declares the kind: which kind, where, what, and what to write instead. */
export class NotStructuralError extends Error {
  constructor(kind: string, path: string, problem: string) {
    super(`Kind ${kind} cannot become a structural schema: ${path || 'the schema'} ${problem}`);
    this.name = 'NotStructuralError';
  }
}

/**
 * Translates a zod schema. Only what a Kubernetes API server can enforce passes: a rule that would hold in TypeScript and
 * not on the wire is worse than none.
 *
 * @param where - the dotted path the schema stands at, used in messages
 * @throws NotStructuralError
 */
export function zodToStructural(schema: z.ZodType, kind: string, where: string): StructuralSchema {
  const refuse = (path: string, problem: string): never => {
    throw new NotStructuralError(kind, path, problem);
  };
  return structural(toOpenApi(schema, where, refuse), where, refuse);
}

type Refuse = (path: string, problem: string) => never;

function toOpenApi(schema: z.ZodType, where: string, refuse: Refuse): JsonObject {
  try {
    return z.toJSONSchema(schema, {
      target: 'openapi-3.0',
      io: 'input',
      unrepresentable: 'any',
      cycles: 'throw',
      override: ({ zodSchema, path }) => {
        const problem = refuseWhatIsNotStructural(zodSchema);
        if (problem) refuse(fieldOf(where, path), problem);
      },
    }) as JsonObject;
  } catch (error) {
    if (error instanceof NotStructuralError) throw error;
    return refuse(where, `is recursive or cannot be represented: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Turns a JSON Schema location (`properties`, `model`, `items`) into the field path a person knows (`model[]`). */
function fieldOf(where: string, path: readonly (string | number)[]): string {
  let field = where;
  for (let i = 0; i < path.length; i++) {
    if (path[i] === 'properties') field = field ? `${field}.${path[++i]}` : String(path[++i]);
    else if (path[i] === 'items') field += '[]';
    else if (path[i] === 'additionalProperties') field += '.*';
  }
  return field;
}

function structural(json: JsonObject, where: string, refuse: Refuse): StructuralSchema {
  if (json.$ref)
    refuse(where, 'has an id or is recursive: structural schemas are trees, drop the id and limit the depth');
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(json)) {
    if (KEPT.includes(key) || key.startsWith('x-kubernetes-') || key.startsWith('x-krate-')) out[key] = value;
  }
  const alternatives = json.anyOf ?? json.oneOf;
  if (Array.isArray(alternatives)) return intOrString(alternatives, out, where, refuse);
  if (json.type === undefined && !out['x-kubernetes-preserve-unknown-fields']) {
    refuse(where, 'has no type: give it one, or use anyObject() for content that is not ours');
  }
  if (out.type === 'object') nestObject(json, out, where, refuse);
  if (isObject(json.items)) out.items = structural(json.items, `${where}[]`, refuse);
  if (out.type === 'integer') integerFormat(out);
  if (out.type === 'string') stringRules(json, out, where, refuse);
  checkListType(out as StructuralSchema, where, refuse);
  return out as StructuralSchema;
}

function nestObject(json: JsonObject, out: JsonObject, where: string, refuse: Refuse) {
  const properties: Record<string, StructuralSchema> = {};
  for (const [name, property] of Object.entries((json.properties ?? {}) as Record<string, JsonObject>)) {
    properties[name] = structural(property, where ? `${where}.${name}` : name, refuse);
  }
  if (Object.keys(properties).length > 0) out.properties = properties;
  if (out['x-kubernetes-preserve-unknown-fields'] || json.additionalProperties === undefined) return;
  if (json.additionalProperties === false) {
    refuse(
      where,
      'is a strict object: use z.object, unknown fields are pruned (and refused under strict validation)',
    );
  }
  if (json.properties) refuse(where, 'mixes known and unknown fields: use z.object, z.record or anyObject()');
  out.additionalProperties = structural(json.additionalProperties as JsonObject, `${where}.*`, refuse);
}

/** The one union Kubernetes knows: an integer or a string (a port or its name, a count or a percentage). */
function intOrString(members: unknown[], out: JsonObject, where: string, refuse: Refuse): StructuralSchema {
  const types = members.map(member => (isObject(member) ? member.type : undefined)).sort();
  if (types.join() !== 'integer,string') {
    refuse(
      where,
      'is a union: only integer-or-string can be; use one optional field per alternative and a field that says which',
    );
  }
  return { ...(out as StructuralSchema), 'x-kubernetes-int-or-string': true };
}

/** zod bounds every integer by what JavaScript can hold; Kubernetes says that with a format. */
function integerFormat(out: JsonObject) {
  const bounds = {
    int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    int32: [-2147483648, 2147483647],
  };
  const format = out.minimum === bounds.int32[0] && out.maximum === bounds.int32[1] ? 'int32' : 'int64';
  if (out.minimum === bounds[format][0]) delete out.minimum;
  if (out.maximum === bounds[format][1]) delete out.maximum;
  out.format ??= format;
}

function stringRules(json: JsonObject, out: JsonObject, where: string, refuse: Refuse) {
  if (typeof out.format === 'string') {
    out.format = FORMAT_NAMES[out.format] ?? out.format;
    if (out.format === 'duration')
      refuse(where, 'is an ISO 8601 duration: Kubernetes writes durations as 1h30m, use a pattern');
    // zod's own pattern of a format may use lookahead, which no API server takes; the format says the same.
    if (FORMATS[out.format as string]) delete out.pattern;
    else delete out.format;
  }
  const more = (Array.isArray(json.allOf) ? json.allOf : []).map(rule => ({
    pattern: String((rule as JsonObject).pattern),
  }));
  if (more.length > 0) out.allOf = more;
  for (const pattern of [out.pattern, ...more.map(rule => rule.pattern)]) {
    if (typeof pattern === 'string' && BEYOND_RE2.test(pattern)) {
      refuse(
        where,
        `has the pattern ${pattern} with lookaround, a back-reference, \\u or over 1000 repeats, which API servers (RE2) cannot match`,
      );
    }
  }
}

/** An API server refuses a list map whose items may lack a key, and a set of anything but scalars. */
function checkListType(schema: StructuralSchema, where: string, refuse: Refuse) {
  const isScalar = schema.items?.type !== 'object' && schema.items?.type !== 'array';
  if (schema['x-kubernetes-list-type'] === 'set' && !isScalar)
    refuse(where, 'is a set of objects or lists: make it a list map with a key');
  if (schema['x-kubernetes-list-type'] !== 'map') return;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (keys.length === 0) refuse(where, 'is a list map without x-kubernetes-list-map-keys');
  for (const key of keys) {
    const required =
      schema.items?.required?.includes(key) || schema.items?.properties?.[key]?.default !== undefined;
    if (!required)
      refuse(`${where}[].${key}`, 'is a key of a list map: make it required or give it a default');
  }
}
