import { JsonObject, isObject } from '@krate/resource-model';
import { canonicalJson } from './json';

/**
 * One step of a field path, in the notation of FieldsV1: `f:name` a field, `k:{"name":"a"}` the item of a list map,
 * `v:"a"` an item of a set, `i:0` a position. The text is canonical (sorted keys), so equal steps are equal strings.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ (FieldsV1)
 */
export type PathElement = string;

/** A field path from the root of the object. */
export type Path = readonly PathElement[];

export const fieldElement = (name: string): PathElement => `f:${name}`;
export const keyElement = (keys: JsonObject): PathElement => `k:${canonicalJson(keys)}`;
export const valueElement = (value: unknown): PathElement => `v:${canonicalJson(value)}`;

/** The field's name, or undefined when the element is not a field. */
export function fieldNameOf(element: PathElement): string | undefined {
  return element.startsWith('f:') ? element.slice(2) : undefined;
}

/** The key fields of a list-map item, or undefined when the element is not one. */
export function keysOfElement(element: PathElement): JsonObject | undefined {
  return element.startsWith('k:') ? (JSON.parse(element.slice(2)) as JsonObject) : undefined;
}

/**
 * Reads an element as it stands in FieldsV1 and makes it canonical.
 *
 * @throws Error when the text is not an element
 */
export function parsePathElement(text: string): PathElement {
  const body = text.slice(2);
  switch (text.slice(0, 2)) {
    case 'f:':
      return text;
    case 'v:':
      return valueElement(JSON.parse(body));
    case 'k:': {
      const keys: unknown = JSON.parse(body);
      if (!isObject(keys)) throw new Error(`path element ${text} must hold an object of key fields`);
      return keyElement(keys);
    }
    case 'i:':
      if (/^-?\d+$/.test(body)) return `i:${Number(body)}`;
      throw new Error(`path element ${text} must hold a position`);
    default:
      throw new Error(`path element ${text} must begin with f:, k:, v: or i:`);
  }
}

const KIND_ORDER = 'fkvi';

/** The order in which FieldsV1 lists elements: fields, keys, values, positions; each by text, positions by number. */
export function comparePathElements(a: PathElement, b: PathElement): number {
  const kinds = KIND_ORDER.indexOf(a[0]) - KIND_ORDER.indexOf(b[0]);
  if (kinds !== 0) return kinds;
  if (a[0] === 'i') return Number(a.slice(2)) - Number(b.slice(2));
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The path as kubectl prints it: `.spec.ports[port=80,protocol="TCP"].name`, `.metadata.finalizers[="a"]`. */
export function formatPath(path: Path): string {
  return path.map(formatElement).join('');
}

function formatElement(element: PathElement): string {
  const body = element.slice(2);
  switch (element[0]) {
    case 'f':
      return `.${body}`;
    case 'v':
      return `[=${body}]`;
    case 'i':
      return `[${body}]`;
    default: {
      const keys = Object.entries(JSON.parse(body) as JsonObject);
      return `[${keys.map(([name, value]) => `${name}=${canonicalJson(value)}`).join(',')}]`;
    }
  }
}
