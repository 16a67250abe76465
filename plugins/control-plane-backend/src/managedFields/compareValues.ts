import { StructuralSchema } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { fieldSchema, fieldsOf, shapeFor } from './mergeShape';
import { isEmpty, keysOf, own, sameJson } from './json';
import { itemsByElement } from './itemElement';
import { fieldElement } from './PathElement';

/** What changed from one value to another, path by path. No path is in two of the sets. */
export interface Comparison {
  /** Fields that are new, containers included. */
  added: FieldSet;
  /** Fields that were and are there, with another value. */
  modified: FieldSet;
  /** Fields that are gone, containers included. */
  removed: FieldSet;
}

type Change = keyof Comparison;
type Step = [element: string, change: Change | undefined, below: Comparison];

const NOTHING: Comparison = { added: FieldSet.EMPTY, modified: FieldSet.EMPTY, removed: FieldSet.EMPTY };

/** Compares two objects by schema: granular maps field by field, sets and list maps item by item, the rest as a whole. */
export function compareValues(
  schema: StructuralSchema | undefined,
  before: unknown,
  after: unknown,
): Comparison {
  if (before === after) return NOTHING;
  const shape = shapeFor(schema, before, after);
  if (shape === 'atomic' || (isEmpty(before) && isEmpty(after))) return NOTHING;
  return combine(shape === 'fields' ? fieldSteps(schema, before, after) : itemSteps(schema!, before, after));
}

function fieldSteps(schema: StructuralSchema | undefined, before: unknown, after: unknown): Step[] {
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...keysOf(left), ...keysOf(right)])].map(name =>
    step(fieldElement(name), fieldSchema(schema, name), own(left, name), own(right, name)),
  );
}

function itemSteps(schema: StructuralSchema, before: unknown, after: unknown): Step[] {
  const [left, right] = [itemsByElement(schema, before), itemsByElement(schema, after)];
  return [...new Set([...left.keys(), ...right.keys()])].map(element =>
    step(element, schema.items, left.get(element), right.get(element)),
  );
}

function step(element: string, schema: StructuralSchema | undefined, before: unknown, after: unknown): Step {
  return [element, changeOf(schema, before, after), compareValues(schema, before, after)];
}

function changeOf(schema: StructuralSchema | undefined, before: unknown, after: unknown): Change | undefined {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  const whole = shapeFor(schema, before, after) === 'atomic' || (isEmpty(before) && isEmpty(after));
  return whole && !sameJson(before, after) ? 'modified' : undefined;
}

function combine(all: Step[]): Comparison {
  const steps = all.filter(([, change, below]) => change || below !== NOTHING);
  if (steps.length === 0) return NOTHING;
  const pick = (change: Change) =>
    FieldSet.ofNodes(steps.map(([element, its, below]) => [element, its === change, below[change]]));
  return { added: pick('added'), modified: pick('modified'), removed: pick('removed') };
}
