import { Kind, ResourceOf } from '@krate/resource-model';
import { EffectState, Read, ReconcileContext, Reconciler, Result } from '../defineReconciler';
import { stringsAt } from '../objectKeys';

/** A moment for tests that do not care which. */
export const SOME_TIME = new Date('2026-01-01T12:00:00Z');

/** What a reconciler is given in a test. Reads that are left out are empty: nothing exists, references are missing. */
export interface Given<K extends Kind, Reads extends Record<string, Read>> {
  object: ResourceOf<K>;
  reads?: Partial<Omit<ReconcileContext<Reads>, 'now' | 'effects'>>;
  /** By effect id, as in `ctx.effects`. */
  effects?: Record<string, EffectState>;
  now?: Date;
}

/**
 * Calls a reconciler as the runtime does, without a runtime: `finalize` when deletion was asked for, else `reconcile`.
 *
 * @example expect(reconcileOnce(agentReconciler, { object: anObject(Agent), reads: { model } })).toEqual(want);
 */
export function reconcileOnce<K extends Kind, Reads extends Record<string, Read>>(
  reconciler: Reconciler<K, Reads>,
  given: Given<K, Reads>,
): Result<K> & { done?: boolean } {
  const { object, now = SOME_TIME, effects = {} } = given;
  const empty = Object.entries(reconciler.reads).map(([name, read]) => [name, emptyValue(read, object)]);
  const ctx = { ...Object.fromEntries(empty), ...given.reads, now, effects } as ReconcileContext<Reads>;
  if (!object.metadata.deletionTimestamp) return reconciler.reconcile(ctx, object);
  if (!reconciler.finalize)
    throw new Error(`Reconciler ${reconciler.name} is never called for an object that is being deleted`);
  return reconciler.finalize(ctx, object);
}

function emptyValue(read: Read, object: unknown): unknown {
  if (read.type === 'refs') return { items: [], missing: [...new Set(stringsAt(object, read.path))] };
  return ['owned', 'referring', 'all'].includes(read.type) ? [] : undefined;
}
