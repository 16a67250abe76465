import { cloneJson, isObject, JsonObject } from './isObject';
import { StructuralSchema } from './StructuralSchema';

/**
 * Fills absent fields with their defaults, outermost first, so that a default object gets the defaults of its own fields.
 * A null where null is not allowed counts as absent when there is a default, as in Kubernetes. The input is not changed.
 */
export function applyDefaults(schema: StructuralSchema, object: JsonObject): JsonObject {
  return fill(schema, cloneJson(object)) as JsonObject;
}

function fill(schema: StructuralSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map(item => fill(items, item)) : value;
  }
  if (!isObject(value)) return value;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const absent = value[name] === undefined || (value[name] === null && !property.nullable);
    if (absent && property.default !== undefined) value[name] = cloneJson(property.default);
    if (value[name] !== undefined) value[name] = fill(property, value[name]);
  }
  if (schema.additionalProperties) {
    for (const [name, field] of Object.entries(value)) value[name] = fill(schema.additionalProperties, field);
  }
  return value;
}
