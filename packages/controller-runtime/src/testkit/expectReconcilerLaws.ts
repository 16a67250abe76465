import { deepStrictEqual, ok } from 'assert/strict';
import { cloneJson, Kind, Resource, ResourceOf, sameJson } from '@krate/resource-model';
import { EffectState, Read, Reconciler, Result } from '../defineReconciler';
import { deepFreeze } from '../json';
import { mergeStatus } from '../manager/mergeStatus';
import { Given, reconcileOnce, SOME_TIME } from './reconcileOnce';

/** Calls in which a status has to come to rest when nothing else changes. */
const PASSES = 10;

/**
 * Checks what every reconciler promises, for one given situation; throws an AssertionError that names the broken law.
 *
 * - pure: it changes none of its inputs, and the same inputs give the same result;
 * - settles: writing its own status and effect intents and calling again reaches a point where nothing changes any
 *   more, within ten calls and without a condition that goes back to a status it has left;
 * - quiet: at that point it reports no event, since nothing happened.
 */
export function expectReconcilerLaws<K extends Kind, Reads extends Record<string, Read>>(
  reconciler: Reconciler<K, Reads>,
  given: Given<K, Reads>,
): void {
  expectPure(reconciler, given);
  expectSettled(reconciler, given);
}

function expectPure<K extends Kind, R extends Record<string, Read>>(
  reconciler: Reconciler<K, R>,
  given: Given<K, R>,
): void {
  const frozen = deepFreeze({
    ...cloneJson({ ...given, now: undefined }),
    now: given.now ?? SOME_TIME,
  }) as Given<K, R>;
  const results = [1, 2].map(() => {
    try {
      return cloneJson(reconcileOnce(reconciler, frozen));
    } catch (error) {
      const mutates =
        error instanceof TypeError &&
        /read only|not extensible|Cannot (assign|delete|add)/.test(error.message);
      if (mutates)
        throw new Error(`${reconciler.name} changes its inputs: ${error.message}`, { cause: error });
      throw error;
    }
  });
  deepStrictEqual(results[1], results[0], `${reconciler.name} is not deterministic`);
}

function expectSettled<K extends Kind, R extends Record<string, Read>>(
  reconciler: Reconciler<K, R>,
  given: Given<K, R>,
): void {
  let current: Given<K, R> = { ...given, object: cloneJson(given.object) };
  const left = new Map<string, Set<string>>();
  for (let pass = 0; pass < PASSES; pass += 1) {
    const result = reconcileOnce(reconciler, current);
    const next = afterwards(reconciler, current, result);
    noteConditions(reconciler.name, current.object, next.object, left);
    const unchanged = sameJson(next.object, current.object) && sameJson(next.effects, current.effects);
    if (unchanged) {
      deepStrictEqual(result.events ?? [], [], `${reconciler.name} reports events although nothing changes`);
      return;
    }
    current = next;
  }
  ok(
    false,
    `${reconciler.name} does not settle: its status still changes after ${PASSES} calls with the same reads`,
  );
}

/** The situation after the runtime wrote a result, with the outside world standing still. */
function afterwards<K extends Kind, R extends Record<string, Read>>(
  reconciler: Reconciler<K, R>,
  given: Given<K, R>,
  result: Result<K>,
): Given<K, R> {
  const object = cloneJson(given.object) as unknown as Resource;
  object.status = cloneJson(
    mergeStatus(object, result, { now: given.now ?? SOME_TIME, flat: reconciler.for.flat }),
  );
  const effects: Record<string, EffectState> = { ...given.effects };
  for (const { name, key, cancel } of result.effects ?? []) {
    const id = key === undefined ? name : `${name}/${key}`;
    if (!cancel) effects[id] ??= { state: 'Pending', attempts: 0 };
  }
  return { ...given, object: object as unknown as ResourceOf<K>, effects };
}

function noteConditions(name: string, before: unknown, after: unknown, left: Map<string, Set<string>>): void {
  const statuses = (object: unknown) =>
    new Map(
      ((object as Resource<unknown, any>).status?.conditions ?? []).map((one: any) => [one.type, one.status]),
    );
  const earlier = statuses(before);
  for (const [type, status] of statuses(after) as Map<string, string>) {
    const was = earlier.get(type) as string | undefined;
    if (was === undefined || was === status) continue;
    const seen = left.get(type) ?? new Set();
    ok(!seen.has(status), `${name} flaps: condition ${type} goes back to ${status}`);
    left.set(type, seen.add(was));
  }
}
