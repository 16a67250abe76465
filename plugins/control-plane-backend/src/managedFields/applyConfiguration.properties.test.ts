import { JsonObject, ManagedFieldsEntry } from '@krate/resource-model';
import { API_VERSION, widget, widgetSchema } from './__fixtures__/widget';
import { applyConfiguration } from './applyConfiguration';
import { FieldSet } from './FieldSet';
import { fieldSetOf, withAllParents } from './fieldSetOf';
import { resourceMergeSchema } from './mergeShape';
import { formatPath } from './PathElement';
import { removeFields } from './removeFields';
import { trackUpdate } from './trackUpdate';

/** Repeatable random numbers below a bound (mulberry32). */
function randomFrom(seed: number): (bound: number) => number {
  let state = seed;
  return bound => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

type Random = (bound: number) => number;

function some<T>(random: Random, all: T[]): T[] {
  const chosen = all.filter(() => random(2) === 0).sort(() => random(3) - 1);
  return chosen.length > 0 ? chosen : [all[random(all.length)]];
}

const letters = ['a', 'b', 'c'];
const scalars = (random: Random, names: string[]) =>
  Object.fromEntries(some(random, names).map(name => [name, letters[random(3)]]));

/**
 * A valid configuration that says something about a few of the widget's fields. Empty maps only where asked for: an
 * update that empties a map leaves it without an owner.
 */
function randomSpec(random: Random, emptyMaps = false): JsonObject {
  const makers: Record<string, () => unknown> = {
    size: () => random(3),
    nested: () => scalars(random, ['a', 'b']),
    tags: () => some(random, letters),
    ports: () =>
      some(random, [1, 2, 3]).map(port => ({
        port,
        protocol: 'TCP',
        ...scalars(random, ['name']),
        weight: random(2),
      })),
    steps: () => some(random, letters),
    settings: () => (emptyMaps && random(4) === 0 ? {} : scalars(random, letters)),
    pools: () =>
      Object.fromEntries(some(random, letters).map(name => [name, scalars(random, ['min', 'max'])])),
    whole: () => scalars(random, ['a', 'b']),
    raw: () => ({ [letters[random(3)]]: { deep: random(3) }, z: random(2) }),
  };
  return Object.fromEntries(some(random, Object.keys(makers)).map(name => [name, makers[name]()]));
}

const schema = resourceMergeSchema(widgetSchema);
const managers = ['alice', 'bob', 'carol'];
const time = '2026-01-01T00:00:00Z';

function force(live: JsonObject | undefined, manager: string, spec?: JsonObject): JsonObject {
  return applyConfiguration({
    schema: widgetSchema,
    live,
    applied: widget(spec),
    manager,
    apiVersion: API_VERSION,
    force: true,
    time,
  });
}

function put(before: JsonObject, manager: string, spec: JsonObject): JsonObject {
  const after: JsonObject = { ...before, spec };
  const managedFields = trackUpdate({
    schema: widgetSchema,
    before,
    after,
    manager,
    apiVersion: API_VERSION,
    time,
  });
  return { ...after, metadata: { ...(after.metadata as JsonObject), managedFields } };
}

/** What all managers own together, without the entry of one applier if asked. */
function owned(object: JsonObject, except?: string): FieldSet {
  const { managedFields = [] } = object.metadata as { managedFields?: ManagedFieldsEntry[] };
  const counted = managedFields.filter(entry => entry.operation === 'Update' || entry.manager !== except);
  return counted.reduce((all, entry) => all.union(FieldSet.fromFieldsV1(entry.fieldsV1)), FieldSet.EMPTY);
}

const present = (object: JsonObject) => fieldSetOf(schema, { spec: object.spec });
const print = (set: FieldSet) => set.paths().map(formatPath);
/** What is there that nobody owns, beyond what the owned fields need: their parents and the keys of their items. */
const unowned = (object: JsonObject) => print(present(object).difference(withAllParents(owned(object))));

/** Owned paths that name nothing in the object: removing them would change nothing. */
function dangling(object: JsonObject): string[] {
  const spec = { spec: object.spec };
  return owned(object)
    .paths()
    .filter(([top]) => top === 'f:spec')
    .filter(path => JSON.stringify(removeFields(schema, spec, FieldSet.of(path))) === JSON.stringify(spec))
    .map(formatPath);
}

/** An object that dave keeps tracked: without any entry, updates are not recorded. */
const tracked = applyConfiguration({
  schema: widgetSchema,
  applied: widget(undefined, { metadata: { labels: { a: 'b' } } }),
  manager: 'dave',
  apiVersion: API_VERSION,
  time,
});

describe('ownership after any history of writes', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  it('covers exactly what is there, when everything was applied', () => {
    for (const seed of seeds) {
      const random = randomFrom(seed);
      let object: JsonObject | undefined;
      for (let step = 0; step < 8; step++) {
        const manager = managers[random(3)];
        const spec = randomSpec(random, true);
        object = force(object, manager, spec);
        expect([seed, step, print(present(object).difference(owned(object)))]).toEqual([seed, step, []]);
        expect([seed, step, dangling(object)]).toEqual([seed, step, []]);
        expect(force(object, manager, spec)).toBe(object);
      }
      for (const manager of managers) object = force(object, manager);
      expect([seed, object?.spec]).toEqual([seed, undefined]);
    }
  });

  it('never lets an applier remove what others own, nor leaves owners of nothing', () => {
    for (const seed of seeds) {
      const random = randomFrom(seed);
      let object = force(tracked, 'alice', randomSpec(random, true));
      for (let step = 0; step < 8; step++) {
        const manager = managers[random(3)];
        const puts = random(2) === 0;
        const others = puts ? FieldSet.EMPTY : owned(object, manager);
        object = puts
          ? put(object, manager, { ...(object.spec as JsonObject), ...randomSpec(random) })
          : force(object, manager);
        expect([seed, step, print(others.difference(owned(object)))]).toEqual([seed, step, []]);
        expect([seed, step, dangling(object)]).toEqual([seed, step, []]);
        expect([seed, step, unowned(object)]).toEqual([seed, step, []]);
      }
    }
  });
});
