import { createHash } from 'crypto';
import { isDeepStrictEqual } from 'util';

/** JSON with object keys in one order, so that equal values have equal text. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** A short digest of any JSON value. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(stableJson(value) ?? '')
    .digest('hex')
    .slice(0, 16);
}

/** What is left of a value after JSON: no undefined fields, nothing shared with the original. */
export function jsonCopy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** Whether two values are the same JSON; a field that is undefined counts as absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(jsonCopy(a), jsonCopy(b));
}

/** Freezes a JSON value all the way down and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
