import { ConditionUpdate, defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Job, RunnerPool } from '@krate/plugin-forge-common';
import type { JobIsolation } from '../jobs/JobIsolation';

/** So many names of waiting jobs are shown; all wait. */
const SHOWN = 500;

/** Gives the places of a pool to its oldest jobs. It alone does, one call at a time, so there are never too many. */
export const runnerPoolReconciler = defineReconciler({
  for: RunnerPool,
  reads: { jobs: reads.referring(Job, 'spec.runnerPool'), isolation: reads.observed('job-isolation') },
  reconcile(ctx, { spec, status }): Result<typeof RunnerPool> {
    const live = ctx.jobs.filter(isLive).sort(oldestFirst);
    const held = new Set((status?.granted ?? []).map(({ uid }) => uid));
    const keep = live.filter(({ metadata }) => held.has(metadata.uid));
    const queue = live.filter(({ metadata, spec: job }) => !held.has(metadata.uid) && !job.cancel);
    const next = queue.slice(0, Math.max(0, spec.maxReplicas - keep.length));
    const granted = [...keep, ...next].map(({ metadata }) => ({ job: metadata.name, uid: metadata.uid }));
    const waiting = queue.slice(next.length).map(({ metadata }) => metadata.name);
    return {
      status: {
        phase: granted.length > 0 ? 'Active' : 'Idle',
        active: granted.length,
        queued: waiting.length,
        available: Math.max(0, spec.maxReplicas - granted.length),
        granted,
        waiting: waiting.slice(0, SHOWN),
      },
      conditions: [readiness(spec, ctx.isolation as JobIsolation, waiting.length)],
    };
  },
});

function isLive({ metadata, status }: Job): boolean {
  return !metadata.deletionTimestamp && !['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? '');
}

function oldestFirst(a: Job, b: Job): number {
  const age = ({ metadata }: Job) => `${metadata.creationTimestamp} ${metadata.name}`;
  return age(a) < age(b) ? -1 : 1;
}

function readiness(
  spec: RunnerPool['spec'],
  isolation: JobIsolation,
  waiting: number,
): ConditionUpdate<typeof RunnerPool> {
  if (spec.warmReplicas > spec.maxReplicas) {
    return {
      type: 'Ready',
      status: 'False',
      reason: 'ReplicasConflict',
      message: 'warmReplicas is greater than maxReplicas',
    };
  }
  if (spec.trustTier === 'untrusted' && !isolation.enforced) {
    return {
      type: 'Ready',
      status: 'False',
      reason: 'IsolationUnavailable',
      message: `Untrusted work is refused: ${isolation.reason}`,
    };
  }
  if (waiting > 0)
    return {
      type: 'Ready',
      status: 'True',
      reason: 'Saturated',
      message: `${waiting} jobs wait for a place`,
    };
  return { type: 'Ready', status: 'True', reason: 'Available', message: 'There are places left' };
}
