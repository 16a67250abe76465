import { ApiError, JsonObject, StructuralSchema, isObject } from '@krate/resource-model';
import { own } from './json';
import { keyDefault } from './mergeShape';
import { Path, PathElement, formatPath, keyElement, valueElement } from './PathElement';

/**
 * The path element that names an item of a set or list map; undefined when the item has no name (a map in a set, a
 * null, or a map without any key field).
 */
export function itemElement(list: StructuralSchema, item: unknown): PathElement | undefined {
  if (list['x-kubernetes-list-type'] === 'set') {
    const scalar = item !== null && typeof item !== 'object';
    return scalar ? valueElement(item) : undefined;
  }
  if (!isObject(item)) return undefined;
  const keys: JsonObject = {};
  for (const name of list['x-kubernetes-list-map-keys'] ?? []) {
    const value = own(item, name) ?? keyDefault(list.items, name);
    if (value !== undefined) keys[name] = value;
  }
  return Object.keys(keys).length === 0 ? undefined : keyElement(keys);
}

/** The items of a stored list by their elements. Of duplicates the last one counts; items without a name are left out. */
export function itemsByElement(list: StructuralSchema, items: unknown): Map<PathElement, unknown> {
  const byElement = new Map<PathElement, unknown>();
  for (const item of Array.isArray(items) ? items : []) {
    const element = itemElement(list, item);
    if (element !== undefined) byElement.set(element, item);
  }
  return byElement;
}

/**
 * The items of an applied list by their elements, in order.
 *
 * @throws ApiError Invalid when an item cannot be told from the others
 */
export function appliedItems(list: StructuralSchema, items: unknown, path: Path): Map<PathElement, unknown> {
  const byElement = new Map<PathElement, unknown>();
  for (const [index, item] of (Array.isArray(items) ? items : []).entries()) {
    const element = itemElement(list, item);
    const field = formatPath(path).slice(1);
    if (element === undefined) refuse(`${field}[${index}]`, 'FieldValueRequired', unnamed(list));
    if (byElement.has(element))
      refuse(field, 'FieldValueDuplicate', `duplicate entries for key ${formatPath([element])}`);
    byElement.set(element, item);
  }
  return byElement;
}

function unnamed(list: StructuralSchema): string {
  const keys = list['x-kubernetes-list-map-keys'] ?? [];
  return keys.length > 0 ? `the item must set its key: ${keys.join(', ')}` : 'items of a set must be scalars';
}

function refuse(field: string, reason: string, message: string): never {
  throw new ApiError('Invalid', `The applied configuration is invalid: ${field}: ${message}`, {
    causes: [{ reason, message, field }],
  });
}
