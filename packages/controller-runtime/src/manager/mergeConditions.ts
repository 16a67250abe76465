import { Condition } from '@krate/resource-model';

/** What a reconciler says of a condition; the rest is filled in here. */
export type ConditionInput = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/**
 * Lays updates over the present conditions by type. Order and untouched conditions stay; `lastTransitionTime` moves only
 * when the status does (Kubernetes API conventions), so that a change of message is not taken for a transition.
 */
export function mergeConditions(
  present: readonly Condition[] | undefined,
  updates: readonly ConditionInput[],
  given: { now: Date; generation: number },
): Condition[] {
  const merged = new Map((present ?? []).map(condition => [condition.type, condition]));
  for (const { type, status, reason, message } of updates) {
    const before = merged.get(type);
    const lastTransitionTime =
      before?.status === status ? before.lastTransitionTime : wholeSeconds(given.now);
    merged.set(type, {
      type,
      status,
      reason,
      message,
      observedGeneration: given.generation,
      lastTransitionTime,
    });
  }
  return [...merged.values()];
}

/** RFC 3339 without fractions, as kubectl expects times in metadata and conditions. */
export function wholeSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
