import { JsonObject, StructuralSchema, isObject, objectMetaSchema } from '@krate/resource-model';
import { own } from './json';

/**
 * How a value is owned, by its structural schema: as a whole, field by field, or item by item.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export type Shape = 'atomic' | 'fields' | 'items';

/** The shape the schema gives values at this place, whatever value stands there. */
export function shapeOf(schema: StructuralSchema | undefined): Shape {
  if (!schema) return 'atomic';
  if (schema.type === 'array') {
    const listType = schema['x-kubernetes-list-type'];
    return listType === 'set' || listType === 'map' ? 'items' : 'atomic';
  }
  return schema.type === 'object' && schema['x-kubernetes-map-type'] !== 'atomic' ? 'fields' : 'atomic';
}

/**
 * The shape of a place where these values stand (two, when they are compared). Absent values and null fit every
 * shape; a value of the wrong type makes the place atomic, and validation refuses it later.
 */
export function shapeFor(schema: StructuralSchema | undefined, ...values: unknown[]): Shape {
  const shape = shapeOf(schema);
  const fits = (value: unknown) =>
    value === undefined || value === null || (shape === 'fields' ? isObject(value) : Array.isArray(value));
  return shape === 'atomic' || values.every(fits) ? shape : 'atomic';
}

/**
 * The schema of a field. Below an untyped object (`x-kubernetes-preserve-unknown-fields`, or no properties at all) there
 * is none: its fields are owned one by one, and what they hold is owned as a whole.
 */
export function fieldSchema(
  schema: StructuralSchema | undefined,
  name: string,
): StructuralSchema | undefined {
  return own(schema?.properties, name) ?? schema?.additionalProperties;
}

/** Whether the schema names the field. A named field is part of the type, not data: its parent need not be owned. */
export function isNamedField(schema: StructuralSchema | undefined, name: string): boolean {
  return own(schema?.properties, name) !== undefined;
}

const { ownerReferences, ...otherMetadata } = objectMetaSchema.properties!;

/** How metadata merges, in every kind: an owner reference is replaced as a whole, as in Kubernetes. */
const METADATA: StructuralSchema = {
  ...objectMetaSchema,
  properties: {
    ...otherMetadata,
    ownerReferences: {
      ...ownerReferences,
      items: { ...ownerReferences.items, 'x-kubernetes-map-type': 'atomic' },
    },
  },
};

/** The schema of the whole object with `apiVersion`, `kind` and the standard metadata filled in. */
export function resourceMergeSchema(schema: StructuralSchema): StructuralSchema {
  const properties: Record<string, StructuralSchema> = {
    ...schema.properties,
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: METADATA,
  };
  return { ...schema, type: 'object', properties };
}

/** A list item's default for a key field, when the schema gives one: `protocol: TCP`. */
export function keyDefault(items: StructuralSchema | undefined, key: string): unknown {
  return fieldSchema(items, key)?.default;
}

/** Narrow view of a value that stands where the schema has fields. */
export function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
