import { Condition, ConditionUpdate, mergeConditions, Resource } from '@krate/resource-model';
import { Result } from '../defineReconciler';

/**
 * The status an object has after a result: fields laid over the present ones, `null` removes, conditions merged by type.
 * Core kinds without a status of the Krate form (`flat`) get no `observedGeneration`.
 */
export function mergeStatus(
  object: Resource,
  result: Pick<Result<any>, 'status' | 'conditions'>,
  given: { now: Date; flat?: boolean },
): Record<string, unknown> {
  const { generation } = object.metadata;
  const present = (object.status ?? {}) as Record<string, unknown> & { conditions?: Condition[] };
  const merged: Record<string, unknown> = { ...present };
  for (const [field, value] of Object.entries(result.status ?? {})) {
    if (value === null) delete merged[field];
    else if (value !== undefined) merged[field] = value;
  }
  const updates = (result.conditions ?? []) as ConditionUpdate[];
  if (updates.length > 0)
    merged.conditions = mergeConditions(present.conditions, updates, { now: given.now, generation });
  if (!given.flat) merged.observedGeneration = generation;
  return merged;
}
