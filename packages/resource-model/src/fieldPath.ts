import { isObject } from './isObject';
import { StructuralSchema } from './StructuralSchema';

/**
 * Splits a dotted path into names. A name with dots or slashes stands in brackets:
 * `metadata.labels['krate.a5c.ai/run']`. Lists need no mark: a path goes through every item. `*` is every entry of a map.
 */
export function parsePath(path: string): string[] {
  if (!path.includes('[')) return path === '' ? [] : path.split('.');
  return [...path.matchAll(/\['([^']*)'\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

/** A value found in an object, and where. */
export interface FoundValue {
  /** Dotted path with list indexes. */
  path: string;
  value: unknown;
}

/** Every value at a path, through every item of the lists on the way and of a list at its end. */
export function findValues(object: unknown, path: string): FoundValue[] {
  let found: FoundValue[] = [{ path: '', value: object }];
  for (const name of parsePath(path)) {
    found = found.flatMap(spread).flatMap(({ path: at, value }) => {
      if (!isObject(value)) return [];
      const names = name === '*' ? Object.keys(value) : [name].filter(field => Object.hasOwn(value, field));
      return names.map(field => ({ path: at ? `${at}.${field}` : field, value: value[field] }));
    });
  }
  return found.flatMap(spread).filter(({ value }) => value !== undefined && value !== null);
}

function spread({ path, value }: FoundValue): FoundValue[] {
  return Array.isArray(value)
    ? value.map((item, i) => ({ path: `${path}[${i}]`, value: item }))
    : [{ path, value }];
}

/** The one value at a path that crosses no list; undefined when it is absent. */
export function valueAt(object: unknown, path: string): unknown {
  return parsePath(path).reduce<unknown>(
    (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    object,
  );
}

/** The schema of the field at a path, looking through lists and maps; undefined when the schema knows no such field. */
export function schemaAt(schema: StructuralSchema, path: string): StructuralSchema | undefined {
  let at: StructuralSchema | undefined = schema;
  for (const name of parsePath(path)) {
    while (at?.items) at = at.items;
    at = at?.properties?.[name] ?? at?.additionalProperties;
  }
  return at;
}
