import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Job, Pipeline, RunnerPool } from '@krate/plugin-forge-common';
import { choosePool } from '../pipelines/choosePool';

type Phase = NonNullable<NonNullable<Pipeline['status']>['phase']>;
type JobState = NonNullable<NonNullable<Pipeline['status']>['jobs']>[number];

const ENDED: readonly Phase[] = ['Succeeded', 'Failed', 'Cancelled'];

/** Makes the jobs of a pipeline and sums them up. All jobs run at once; the pipeline ends when all have ended. */
export const pipelineReconciler = defineReconciler({
  for: Pipeline,
  reads: { jobs: reads.owned(Job), pools: reads.all(RunnerPool) },
  reconcile({ jobs, pools, now }, pipeline): Result<typeof Pipeline> {
    const { spec, status } = pipeline;
    // What ended stays: its jobs may be removed by retention and must not come back.
    if (status?.finishedAt) return {};
    if (spec.jobs.length === 0)
      return ended(pipeline, 'Failed', [], now, spec.problem ?? 'The workflow has no jobs');
    const states = spec.jobs.map(({ name }) => stateOf(nameOf(pipeline, name), name, jobs));
    const phase = phaseOf(states);
    if (ENDED.includes(phase)) return ended(pipeline, phase, states, now);
    return {
      status: {
        phase,
        jobs: states,
        startedAt: phase === 'Running' ? (status?.startedAt ?? now.toISOString()) : status?.startedAt,
      },
      conditions: [{ type: 'Complete', status: 'Unknown', reason: 'Running', message: messageOf(states) }],
      apply: spec.jobs.map(definition => ({ kind: Job, object: jobFor(pipeline, definition, jobs, pools) })),
    };
  },
});

function nameOf({ metadata }: Pipeline, job: string): string {
  return `${metadata.name}-${job}`;
}

function jobFor(
  pipeline: Pipeline,
  definition: Pipeline['spec']['jobs'][number],
  jobs: readonly Job[],
  pools: readonly RunnerPool[],
) {
  const { metadata, spec } = pipeline;
  const name = nameOf(pipeline, definition.name);
  const present = jobs.find(job => job.metadata.name === name)?.spec.runnerPool;
  const kept = pools.some(pool => pool.metadata.name === present) ? present : undefined;
  const runnerPool = kept ?? choosePool(pools, spec.trustTier, definition.runnerPool);
  return {
    apiVersion: Job.apiVersion,
    kind: Job.kind,
    metadata: { name, namespace: metadata.namespace },
    spec: {
      pipeline: metadata.name,
      repository: spec.repository,
      step: definition.name,
      sha: spec.sha,
      steps: definition.steps,
      trustTier: spec.trustTier,
      timeoutSeconds: definition.timeoutSeconds,
      cancel: spec.cancel !== undefined,
      ...(runnerPool ? { runnerPool } : {}),
    },
  };
}

function stateOf(job: string, name: string, jobs: readonly Job[]): JobState {
  return {
    name,
    job,
    phase: jobs.find(candidate => candidate.metadata.name === job)?.status?.phase ?? 'Pending',
  };
}

function phaseOf(states: readonly JobState[]): Phase {
  const some = (phase: Phase) => states.some(state => state.phase === phase);
  if (states.every(({ phase }) => ENDED.includes(phase))) {
    if (some('Failed')) return 'Failed';
    return some('Cancelled') ? 'Cancelled' : 'Succeeded';
  }
  if (states.some(({ phase }) => phase === 'Running' || ENDED.includes(phase))) return 'Running';
  return some('Queued') ? 'Queued' : 'Pending';
}

function messageOf(states: readonly JobState[]): string {
  return states.map(({ name, phase }) => `${name}: ${phase}`).join(', ');
}

function ended(
  { status }: Pipeline,
  phase: Phase,
  states: JobState[],
  now: Date,
  message = messageOf(states),
): Result<typeof Pipeline> {
  const reason = phase as 'Succeeded' | 'Failed' | 'Cancelled';
  const at = now.toISOString();
  const failed = states.find(state => state.phase === 'Failed');
  return {
    status: {
      phase,
      jobs: states,
      startedAt: status?.startedAt ?? at,
      finishedAt: at,
      ...(failed ? { failedJob: failed.job } : {}),
    },
    conditions: [{ type: 'Complete', status: phase === 'Succeeded' ? 'True' : 'False', reason, message }],
    events: [{ type: phase === 'Failed' ? 'Warning' : 'Normal', reason, message: message.slice(0, 1000) }],
  };
}
