type Json = Record<string, unknown>;

/** The value at a dotted path. */
export function valueAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (value as Json | undefined)?.[step], object);
}

/** JSON merge patch, RFC 7396. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const result: Json = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** Lays applied fields over an object and removes those the same manager applied before but does not now. Lists are atomic. */
export function applyFields(target: unknown, before: unknown, next: unknown): unknown {
  if (!isMap(next)) return next;
  const result: Json = isMap(target) ? { ...target } : {};
  for (const key of isMap(before) ? Object.keys(before) : []) {
    if (!(key in next)) delete result[key];
  }
  for (const [key, value] of Object.entries(next)) {
    result[key] = applyFields(result[key], isMap(before) ? before[key] : undefined, value);
  }
  return result;
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
