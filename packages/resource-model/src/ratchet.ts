import { StatusCause } from './ApiError';
import { isObject } from './isObject';
import { sameJson } from './sameJson';
import { StructuralSchema } from './StructuralSchema';

/** Faults that say what is missing or there twice; Kubernetes never passes over them. */
const KEPT = ['FieldValueRequired', 'FieldValueDuplicate'];

/**
 * Of the faults of an update those that it brings: a value that the schema of its time admitted may stay as long as nobody
 * changes it, so that a stricter schema does not forbid changes elsewhere.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting
 */
export function ratchet(
  schema: StructuralSchema,
  faults: readonly StatusCause[],
  object: unknown,
  old: unknown,
): StatusCause[] {
  return faults.filter(
    ({ reason, field = '' }) => KEPT.includes(reason) || !isUntouched(schema, namesOf(field), object, old),
  );
}

/** `spec.ports[0].port` is spec, ports, 0, port. A key with dots leads nowhere, and its fault stays. */
function namesOf(field: string): string[] {
  return field.match(/[^.[\]]+/g) ?? [];
}

/** Whether what lies on the way to a field, or the field itself, is as it was. */
function isUntouched(
  schema: StructuralSchema,
  [name, ...rest]: string[],
  value: unknown,
  old: unknown,
): boolean {
  if (name === undefined) return false;
  const [next, before, below] = Array.isArray(value)
    ? [value[Number(name)], sameItem(schema, value[Number(name)], old), schema.items]
    : [fieldOf(value, name), fieldOf(old, name), schema.properties?.[name] ?? schema.additionalProperties];
  if (next === undefined || before === undefined) return false;
  return sameJson(next, before) || isUntouched(below ?? {}, rest, next, before);
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The item of the old list with the same keys; items of other lists are not told from one another. */
export function sameItem(schema: StructuralSchema, item: unknown, old: unknown): unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old)) return undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return old.find(other => keys.every(key => fieldOf(other, key) === fieldOf(item, key)));
}
