import { cloneJson, isObject, JsonObject } from './isObject';
import { objectMetaSchema } from './objectMetaSchema';
import { StructuralSchema } from './StructuralSchema';

/**
 * Fills absent fields with their defaults, outermost first, so that a default object gets the defaults of its own fields.
 * A null where null is not allowed counts as absent and is dropped, as in Kubernetes. The input is not changed.
 */
export function applyDefaults(schema: StructuralSchema, object: JsonObject): JsonObject {
  const whole = { ...schema, properties: { ...schema.properties, metadata: objectMetaSchema } };
  return fill(whole, cloneJson(object)) as JsonObject;
}

function fill(schema: StructuralSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map(item => fill(items, item)) : value;
  }
  if (!isObject(value)) return value;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    dropNull(property, value, name);
    if (value[name] === undefined && property.default !== undefined)
      value[name] = cloneJson(property.default);
    if (value[name] !== undefined) value[name] = fill(property, value[name]);
  }
  if (schema.additionalProperties) fillMap(schema.additionalProperties, value);
  return value;
}

function fillMap(schema: StructuralSchema, value: JsonObject) {
  for (const name of Object.keys(value)) {
    dropNull(schema, value, name);
    if (value[name] !== undefined) value[name] = fill(schema, value[name]);
  }
}

function dropNull(schema: StructuralSchema, value: JsonObject, name: string) {
  const isTyped = schema.type !== undefined || schema['x-kubernetes-int-or-string'];
  if (value[name] === null && isTyped && !schema.nullable) delete value[name];
}
