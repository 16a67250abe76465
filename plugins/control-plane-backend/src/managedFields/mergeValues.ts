import { MergeSchema, fieldSchema, fieldsOf, shapeFor } from './MergeSchema';
import { keysOf, own } from './json';
import { appliedItems, itemsByElement } from './itemElement';
import { Path, PathElement, fieldElement } from './PathElement';

/**
 * Lays an applied configuration over the live value. Fields the configuration does not name stay; atomic values are
 * replaced; list items are merged by key and take the order of the configuration, while the other live items keep their
 * places between them.
 *
 * @throws ApiError Invalid when an applied list has duplicate or unnamed items
 */
export function mergeValues(
  schema: MergeSchema | undefined,
  live: unknown,
  applied: unknown,
  path: Path = [],
): unknown {
  const shape = shapeFor(schema, live, applied);
  if (applied === undefined) return live;
  if (shape === 'items') checkNames(schema!, applied, path);
  if (shape === 'atomic' || isVoid(live) || isVoid(applied)) return leafOrMerged(schema, live, applied, path);
  return shape === 'fields'
    ? mergeFields(schema, live, applied, path)
    : mergeItems(schema!, live as unknown[], applied, path);
}

/** Null over a container that holds something changes nothing: null is not a way to delete in an apply. */
function leafOrMerged(schema: MergeSchema | undefined, live: unknown, applied: unknown, path: Path): unknown {
  const shape = shapeFor(schema, live, applied);
  if (shape === 'atomic') return applied;
  if (applied === null && !isVoid(live) && sizeOf(live) > 0) return live;
  if (applied === null || sizeOf(applied) === 0) return applied;
  return shape === 'fields' ? mergeFields(schema, {}, applied, path) : mergeItems(schema!, [], applied, path);
}

function mergeFields(schema: MergeSchema | undefined, live: unknown, applied: unknown, path: Path): unknown {
  const [left, right] = [fieldsOf(live), fieldsOf(applied)];
  const names = new Set([...keysOf(left), ...keysOf(right)]);
  return Object.fromEntries(
    [...names].map(name => [
      name,
      mergeValues(fieldSchema(schema, name), own(left, name), own(right, name), [
        ...path,
        fieldElement(name),
      ]),
    ]),
  );
}

function mergeItems(schema: MergeSchema, live: unknown[], applied: unknown, path: Path): unknown[] {
  const wanted = appliedItems(schema, applied, path);
  const present = itemsByElement(schema, live);
  const out: unknown[] = [];
  const liveOrder = [...present.keys()];
  const shared = [...wanted.keys()].filter(element => present.has(element));
  let next = 0;

  const takeLiveUpTo = (stop: PathElement | undefined) => {
    while (next < liveOrder.length && liveOrder[next] !== stop) {
      const element = liveOrder[next++];
      if (!wanted.has(element)) out.push(present.get(element));
    }
  };
  for (const [element, item] of wanted) {
    takeLiveUpTo(shared[0]);
    if (element === shared[0]) {
      shared.shift();
      next++;
    }
    out.push(mergeValues(schema.items, present.get(element), item, [...path, element]));
  }
  takeLiveUpTo(undefined);
  return out;
}

function checkNames(schema: MergeSchema, applied: unknown, path: Path): void {
  appliedItems(schema, applied, path);
}

const isVoid = (value: unknown) => value === undefined || value === null;
const sizeOf = (value: unknown) => (Array.isArray(value) ? value.length : keysOf(fieldsOf(value)).length);
