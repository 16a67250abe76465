import { StatusCause } from './ApiError';
import { fieldCauses } from './fieldCauses';
import { FORMATS } from './formats';
import { isObject, JsonObject } from './isObject';
import { StructuralSchema } from './StructuralSchema';

/** Whether a pattern is found in a text. */
export type Matches = (text: string, pattern: string) => boolean;

/**
 * Checks a value against a structural schema, all faults at once and in the order of the fields. A value of the wrong type
 * is reported once and not looked into.
 *
 * @param path - the dotted path of the value; empty for a whole object
 * @param matches - how patterns are tried; a server gives an engine that takes linear time, whatever the pattern
 */
export function validateValue(
  schema: StructuralSchema,
  value: unknown,
  path: string,
  matches: Matches = backtracking,
): StatusCause[] {
  if (value === null && schema.nullable) return [];
  const mismatch = typeFault(schema, value, path);
  if (mismatch) return [mismatch];
  return [
    ...enumFaults(schema, value, path),
    ...(typeof value === 'string' ? stringFaults(schema, value, path, matches) : []),
    ...(typeof value === 'number' ? numberFaults(schema, value, path) : []),
    ...(Array.isArray(value) ? arrayFaults(schema, value, path, matches) : []),
    ...(isObject(value) ? objectFaults(schema, value, path, matches) : []),
  ];
}

function typeFault(schema: StructuralSchema, value: unknown, path: string): StatusCause | undefined {
  const found = typeOf(value);
  if (schema['x-kubernetes-int-or-string']) {
    return found === 'string' || found === 'integer'
      ? undefined
      : fieldCauses.wrongType(path, 'integer,string', found);
  }
  if (schema.type === undefined || schema.type === found) return undefined;
  if (schema.type === 'number' && found === 'integer') return undefined;
  if (schema.type === 'integer' && Number.isInteger(value)) {
    return fieldCauses.invalid(
      path,
      value,
      `${path} in body must be an integer between -(2^53-1) and 2^53-1`,
    );
  }
  return fieldCauses.wrongType(path, schema.type, found);
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function enumFaults(schema: StructuralSchema, value: unknown, path: string): StatusCause[] {
  if (!schema.enum || schema.enum.includes(value)) return [];
  return [fieldCauses.notSupported(path, value, schema.enum)];
}

function stringFaults(
  schema: StructuralSchema,
  value: string,
  path: string,
  matches: Matches,
): StatusCause[] {
  const { minLength = 0, maxLength = Infinity, format } = schema;
  const length = value.length > maxLength || value.length < 2 * minLength ? [...value].length : value.length;
  // A pattern is not tried on a text that is too long, so that its cost stays bounded.
  if (length > maxLength) return [fieldCauses.tooLong(path, maxLength)];
  const faults: StatusCause[] = [];
  const fault = (why: string) => faults.push(fieldCauses.invalid(path, value, `${path} in body ${why}`));
  if (length < minLength) fault(`should be at least ${minLength} chars long`);
  for (const pattern of [schema.pattern, ...(schema.allOf ?? []).map(rule => rule.pattern)]) {
    if (pattern !== undefined && !matches(value, pattern)) fault(`should match '${pattern}'`);
  }
  if (format && FORMATS[format] && !FORMATS[format](value))
    fault(`must be of type ${format}: "${value.slice(0, 200)}"`);
  return faults;
}

const patterns = new Map<string, RegExp>();

/** By the engine of JavaScript, which is at hand everywhere: good for what people type into a form. */
function backtracking(text: string, pattern: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known.test(text);
}

function numberFaults(schema: StructuralSchema, value: number, path: string): StatusCause[] {
  const { minimum, maximum, multipleOf, exclusiveMinimum, exclusiveMaximum } = schema;
  const faults: StatusCause[] = [];
  const fault = (why: string) =>
    faults.push(fieldCauses.invalid(path, value, `${path} in body should be ${why}`));
  if (minimum !== undefined && exclusiveMinimum && value <= minimum) fault(`greater than ${minimum}`);
  else if (minimum !== undefined && value < minimum) fault(`greater than or equal to ${minimum}`);
  if (maximum !== undefined && exclusiveMaximum && value >= maximum) fault(`less than ${maximum}`);
  else if (maximum !== undefined && value > maximum) fault(`less than or equal to ${maximum}`);
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) fault(`a multiple of ${multipleOf}`);
  if (schema.format === 'int32' && (value < -(2 ** 31) || value >= 2 ** 31)) fault('a 32-bit integer');
  return faults;
}

/** 0.3 is a multiple of 0.1, whatever binary fractions say. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient));
}

function arrayFaults(
  schema: StructuralSchema,
  value: unknown[],
  path: string,
  matches: Matches,
): StatusCause[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (value.length > maxItems) return [fieldCauses.tooMany(path, value.length, maxItems)];
  const faults = items
    ? value.flatMap((item, i) => validateValue(items, item, `${path}[${i}]`, matches))
    : [];
  if (value.length < minItems) {
    faults.unshift(
      fieldCauses.invalid(path, value.length, `${path} in body should have at least ${minItems} items`),
    );
  }
  return [...faults, ...duplicates(schema, value, path)];
}

/** Items of a set, and keys of a list map, stand for themselves in server-side apply and so must be unique. */
function duplicates(schema: StructuralSchema, value: unknown[], path: string): StatusCause[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== 'set' && listType !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  return value.flatMap((item, i) => {
    const identity =
      listType === 'set'
        ? item
        : Object.fromEntries(keys.map(key => [key, isObject(item) ? item[key] : undefined]));
    const text = JSON.stringify(identity);
    if (seen.has(text)) return [fieldCauses.duplicate(`${path}[${i}]`, identity)];
    seen.add(text);
    return [];
  });
}

function objectFaults(
  schema: StructuralSchema,
  value: JsonObject,
  path: string,
  matches: Matches,
): StatusCause[] {
  const at = (name: string) => (path ? `${path}.${name}` : name);
  const faults = (schema.required ?? [])
    .filter(name => value[name] === undefined)
    .map(name => fieldCauses.required(at(name)));
  const count = Object.keys(value).length;
  const { minProperties = 0, maxProperties = Infinity } = schema;
  if (count < minProperties)
    faults.push(
      fieldCauses.invalid(path, count, `${path} in body should have at least ${minProperties} properties`),
    );
  if (count > maxProperties) faults.push(fieldCauses.tooMany(path, count, maxProperties));
  for (const [name, field] of Object.entries(value)) {
    const known =
      schema.properties && Object.hasOwn(schema.properties, name)
        ? schema.properties[name]
        : schema.additionalProperties;
    if (known && field !== undefined) faults.push(...validateValue(known, field, at(name), matches));
  }
  return faults;
}
