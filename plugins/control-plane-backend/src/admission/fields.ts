import { isObject, parsePath, valueAt } from '@krate/resource-model';

export { valueAt };

/** Sets the value at a dotted path in place and makes the objects on the way; undefined removes the field. */
export function setAt(object: unknown, path: string, value: unknown): void {
  const names = parsePath(path);
  const last = names.pop()!;
  let at = object as Record<string, unknown>;
  for (const name of names) {
    if (!isObject(at[name])) {
      if (value === undefined) return;
      at[name] = {};
    }
    at = at[name] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
}
