import { StructuralSchema } from '@krate/resource-model';
import { fieldSchema, fieldsOf, shapeFor } from './mergeShape';
import { isEmpty, keysOf, own } from './json';
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
  schema: StructuralSchema | undefined,
  live: unknown,
  applied: unknown,
  path: Path = [],
): unknown {
  if (applied === undefined) return live;
  const shape = shapeFor(schema, live, applied);
  if (shape === 'atomic') return applied;
  // Null or empty over a container that holds something changes nothing: that is not how an apply deletes.
  if (isEmpty(applied)) return isEmpty(live) ? applied : live;
  return shape === 'fields'
    ? mergeFields(schema, live, applied, path)
    : mergeItems(schema!, live, applied, path);
}

function mergeFields(
  schema: StructuralSchema | undefined,
  live: unknown,
  applied: unknown,
  path: Path,
): unknown {
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

function mergeItems(schema: StructuralSchema, live: unknown, applied: unknown, path: Path): unknown[] {
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
