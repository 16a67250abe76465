import { createHash } from 'crypto';

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

/** Freezes a JSON value all the way down and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
