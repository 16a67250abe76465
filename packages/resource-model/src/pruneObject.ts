import { isObject, JsonObject } from './isObject';
import { objectMetaSchema } from './objectMetaSchema';
import { StructuralSchema } from './StructuralSchema';

/** A pruned copy, and the paths that were dropped: what strict field validation refuses and `Warn` warns of. */
export interface Pruned {
  object: JsonObject;
  /** Dotted paths with list indexes, `spec.steps[0].image`, in the order met. */
  unknownFields: string[];
}

/** Drops every field the schema does not know, as an API server does before it stores an object. The input is not changed. */
export function pruneObject(schema: StructuralSchema, object: JsonObject): Pruned {
  const unknownFields: string[] = [];
  const whole = { ...schema, properties: { ...schema.properties, metadata: objectMetaSchema } };
  return { object: prune(whole, object, '', unknownFields) as JsonObject, unknownFields };
}

function prune(schema: StructuralSchema, value: unknown, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, i) => prune(items, item, `${path}[${i}]`, unknown)) : value;
  }
  if (!isObject(value) || (schema.type !== undefined && schema.type !== 'object')) return value;
  const kept: JsonObject = {};
  for (const [name, field] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name;
    const known = fieldSchema(schema, name);
    if (known) kept[name] = prune(known, field, at, unknown);
    else if (schema['x-kubernetes-preserve-unknown-fields']) kept[name] = field;
    else unknown.push(at);
  }
  return kept;
}

function fieldSchema(schema: StructuralSchema, name: string): StructuralSchema | undefined {
  const { properties } = schema;
  return properties && Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
}
