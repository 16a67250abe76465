import { isObject, sameJson } from '@krate/resource-model';
import { FieldLocation, fieldOf } from './fieldLocation';

/** Two people changed one object. */
export interface Merged {
  value: Record<string, unknown>;
  /** Fields that both changed, differently: mine stands. */
  conflicts: string[];
}

/**
 * Brings changes made meanwhile into an edited object, field by field; lists count as one value.
 *
 * @param base - what the editing began with
 * @param mine - what it has become here
 * @param theirs - what it has become on the server
 */
export function merge3(
  base: Record<string, unknown>,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>,
): Merged {
  const conflicts: string[] = [];
  const value = mergeObjects(base, mine, theirs, [], conflicts);
  return { value, conflicts };
}

function mergeObjects(
  base: Record<string, unknown>,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>,
  path: FieldLocation,
  conflicts: string[],
): Record<string, unknown> {
  // My order of fields stays; what they added follows.
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const merged = [...names].map(name => {
    const at = [...path, name];
    return [name, mergeValues(base[name], mine[name], theirs[name], at, conflicts)] as const;
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

function mergeValues(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  path: FieldLocation,
  conflicts: string[],
): unknown {
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine;
  if (sameJson(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs)) {
    return mergeObjects(isObject(base) ? base : {}, mine, theirs, path, conflicts);
  }
  conflicts.push(fieldOf(path));
  return mine;
}
