import { Condition } from './resource';

interface WithConditions<Type extends string> {
  status?: { conditions?: Condition<Type>[] };
}

/** What a controller says about one condition; the time is not its business. */
export type ConditionUpdate<Type extends string = string> = Pick<
  Condition<Type>,
  'type' | 'status' | 'reason' | 'message'
>;

/** The condition of a type; undefined when no controller has said anything yet. */
export function conditionOf<Type extends string>(
  object: WithConditions<Type>,
  type: Type,
): Condition<Type> | undefined {
  return object.status?.conditions?.find(condition => condition.type === type);
}

/** Whether a condition is known to hold. Absent and `Unknown` do not. */
export function isConditionTrue<Type extends string>(object: WithConditions<Type>, type: Type): boolean {
  return conditionOf(object, type)?.status === 'True';
}

/**
 * Lays updates over the present conditions. `lastTransitionTime` moves only when `status` changes, so that writing the
 * same finding again changes nothing; the order stays, new types come last.
 *
 * @param at - `now` stamps transitions; `generation` is the one the updates were derived from
 */
export function mergeConditions<Type extends string>(
  present: readonly Condition<Type>[] | undefined,
  updates: readonly ConditionUpdate<Type>[],
  at: { now: Date; generation: number },
): Condition<Type>[] {
  const merged = new Map((present ?? []).map(condition => [condition.type, condition]));
  for (const { type, status, reason, message } of updates) {
    const before = merged.get(type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : rfc3339(at.now);
    merged.set(type, {
      type,
      status,
      reason,
      message,
      observedGeneration: at.generation,
      lastTransitionTime,
    });
  }
  return [...merged.values()];
}

/** A time in whole seconds, as kubectl and client-go expect it. */
export function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
