import { isObject, StructuralSchema } from '@krate/resource-model';
import { celName } from './names';

/** A valid JSON value as CEL has it: integers are bigints, times are dates, and fields bear the names that rules use. */
export function celValue(schema: StructuralSchema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => celValue(schema?.items, item));
  if (isObject(value)) return schema?.properties ? objectOf(schema.properties, value) : mapOf(schema, value);
  if (typeof value === 'number') return isInteger(schema, value) ? BigInt(value) : value;
  const isTime = schema?.format === 'date-time' || schema?.format === 'date';
  return isTime && typeof value === 'string' ? new Date(value) : value;
}

function isInteger(schema: StructuralSchema | undefined, value: number): boolean {
  return schema?.type ? schema.type === 'integer' : Number.isSafeInteger(value);
}

function objectOf(properties: Readonly<Record<string, StructuralSchema>>, value: object): unknown {
  const fields = Object.entries(value).flatMap(([field, content]) => {
    const name = Object.hasOwn(properties, field) ? celName(field) : undefined;
    return name && content !== null && content !== undefined
      ? [[name, celValue(properties[field], content)]]
      : [];
  });
  return Object.fromEntries(fields);
}

function mapOf(schema: StructuralSchema | undefined, value: object): unknown {
  const entries = Object.entries(value).map(([key, content]) => [
    key,
    celValue(schema?.additionalProperties, content),
  ]);
  return Object.fromEntries(entries);
}
