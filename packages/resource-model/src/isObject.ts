/** A JSON object: what a manifest, a spec or a map is. */
export type JsonObject = Record<string, unknown>;

/** Tells a JSON object from arrays, scalars and null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A deep copy of a JSON value; `undefined` fields are left out, as on the wire. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(item => cloneJson(item)) as T;
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) copy[key] = cloneJson(item);
  }
  return copy as T;
}
