import { JsonObject, isJsonObject, own } from './json';

/**
 * The parts of a structural schema that decide how values merge. Any structural schema of a resource is one.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export interface MergeSchema {
  type?: string;
  default?: unknown;
  properties?: Record<string, MergeSchema>;
  additionalProperties?: MergeSchema;
  items?: MergeSchema;
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: 'granular' | 'atomic';
  'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** How a value is owned: as a whole, field by field, or item by item. */
export type Shape = 'atomic' | 'fields' | 'items';

/** The shape the schema gives values at this place, whatever value stands there. */
export function shapeOf(schema: MergeSchema | undefined): Shape {
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
export function shapeFor(schema: MergeSchema | undefined, ...values: unknown[]): Shape {
  const shape = shapeOf(schema);
  const fits = (value: unknown) =>
    value === undefined ||
    value === null ||
    (shape === 'fields' ? isJsonObject(value) : Array.isArray(value));
  return shape === 'atomic' || values.every(fits) ? shape : 'atomic';
}

/**
 * The schema of a field. Below an untyped object (`x-kubernetes-preserve-unknown-fields`, or no properties at all) there
 * is none: its fields are owned one by one, and what they hold is owned as a whole.
 */
export function fieldSchema(schema: MergeSchema | undefined, name: string): MergeSchema | undefined {
  return own(schema?.properties, name) ?? schema?.additionalProperties;
}

/** Whether the schema names the field. A named field is part of the type, not data: its parent need not be owned. */
export function isNamedField(schema: MergeSchema | undefined, name: string): boolean {
  return own(schema?.properties, name) !== undefined;
}

/**
 * Metadata merges alike in every kind, while the schema of a kind says only that it is an object.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
const METADATA: MergeSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    generateName: { type: 'string' },
    namespace: { type: 'string' },
    uid: { type: 'string' },
    selfLink: { type: 'string' },
    resourceVersion: { type: 'string' },
    generation: { type: 'integer' },
    creationTimestamp: { type: 'string' },
    deletionTimestamp: { type: 'string' },
    deletionGracePeriodSeconds: { type: 'integer' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    annotations: { type: 'object', additionalProperties: { type: 'string' } },
    finalizers: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    ownerReferences: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      items: {
        type: 'object',
        'x-kubernetes-map-type': 'atomic',
        properties: { uid: { type: 'string' } },
      },
    },
  },
};

/** The schema of the whole object with `apiVersion`, `kind` and the standard metadata filled in. */
export function resourceMergeSchema(schema: MergeSchema): MergeSchema {
  const properties: Record<string, MergeSchema> = {
    ...schema.properties,
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: METADATA,
  };
  return { ...schema, type: 'object', properties };
}

/** A list item's default for a key field, when the schema gives one: `protocol: TCP`. */
export function keyDefault(items: MergeSchema | undefined, key: string): unknown {
  return fieldSchema(items, key)?.default;
}

/** Narrow view of a value that stands where the schema has fields. */
export function fieldsOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
