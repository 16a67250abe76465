import { isObject, StructuralSchema } from '@krate/resource-model';
import { LONGEST_BODY } from './limits';

/** How large a value is, or may become: what the cost of a rule depends on. */
export interface Extent {
  /** Characters of a text, items of a list, entries of a map; 1 for what has none. */
  size: number;
  /** Of an object, by field. */
  fields?: Readonly<Record<string, Extent>>;
  /** The largest item of a list, or value of a map. */
  items?: Extent;
  /** The longest key of a map. */
  keys?: Extent;
}

export const ONE: Extent = { size: 1 };

/** A value that nothing bounds but the request it came with. */
export const ANYTHING: Extent = { size: LONGEST_BODY };

export const textOf = (size: number): Extent => ({ size });

/** The longest date-time, duration or address; other formats are as long as they like. */
const FORMAT_SIZES: Readonly<Record<string, number>> = {
  'date-time': 35,
  date: 10,
  duration: 32,
  uuid: 36,
  ipv4: 15,
  ipv6: 45,
  cidr: 49,
};

/** The most that a schema admits. */
export function extentOfSchema(schema: StructuralSchema): Extent {
  if (schema['x-kubernetes-int-or-string']) return ANYTHING;
  if (schema.type === 'string') return textOf(longestText(schema));
  if (schema.type === 'array') {
    const { items = {} } = schema;
    return { size: schema.maxItems ?? most(items), items: extentOfSchema(items) };
  }
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, extentOfSchema(field)]);
    return { size: fields.length, fields: Object.fromEntries(fields) };
  }
  if (schema.additionalProperties) {
    const { additionalProperties: values } = schema;
    return { size: schema.maxProperties ?? most(values), items: extentOfSchema(values), keys: ANYTHING };
  }
  return schema.type === undefined || schema.type === 'object' ? ANYTHING : ONE;
}

function longestText({ maxLength, enum: values, format }: StructuralSchema): number {
  if (values) return Math.max(...values.map(value => String(value).length));
  return maxLength ?? FORMAT_SIZES[format ?? ''] ?? LONGEST_BODY;
}

/** How many of the shortest values a request holds. */
function most(item: StructuralSchema): number {
  return Math.floor(LONGEST_BODY / (shortest(item) + 1));
}

/** The fewest characters that a value takes as JSON. */
function shortest({ type, properties = {}, required = [] }: StructuralSchema): number {
  if (type === 'string' || type === 'array') return 2;
  if (type !== 'object') return 1;
  return required.reduce((sum, name) => sum + name.length + 4 + shortest(properties[name] ?? {}), 2);
}

/** What a value is. */
export function extentOfValue(value: unknown): Extent {
  if (typeof value === 'string') return textOf(value.length);
  if (Array.isArray(value)) return { size: value.length, items: largest(value.map(extentOfValue)) };
  if (!isObject(value)) return ONE;
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, extentOfValue(field)]),
  );
  const names = Object.keys(value);
  return {
    size: names.length,
    fields,
    items: largest(Object.values(fields)),
    keys: largest(names.map(name => textOf(name.length))),
  };
}

/** As large as each of them. */
export function largest(extents: readonly Extent[]): Extent {
  return extents.length === 0 ? ONE : extents.reduce(larger);
}

function larger(a: Extent, b: Extent): Extent {
  const either = (one?: Extent, other?: Extent) => (one && other ? larger(one, other) : (one ?? other));
  const names = new Set([...Object.keys(a.fields ?? {}), ...Object.keys(b.fields ?? {})]);
  const fields = [...names].map(name => [name, either(a.fields?.[name], b.fields?.[name])]);
  return {
    size: Math.max(a.size, b.size),
    ...(names.size > 0 ? { fields: Object.fromEntries(fields) } : {}),
    items: either(a.items, b.items),
    keys: either(a.keys, b.keys),
  };
}

/** All that is in a value: what comparing it costs. */
export function weightOf({ size, fields, items }: Extent): number {
  if (fields) return Object.values(fields).reduce((sum, field) => sum + weightOf(field), 1);
  return items ? size * weightOf(items) : size;
}
