import {
  ConditionUpdate,
  defineReconciler,
  EffectIntent,
  EffectState,
  reads,
  Result,
} from '@krate/controller-runtime';
import { Job, Pipeline, RunnerPool } from '@krate/plugin-forge-common';
import type { JobIsolation } from '../jobs/JobIsolation';
import type { JobProgress, JobResult, RunJobInput } from '../jobs/RunJob';

type Complete = Extract<ConditionUpdate<typeof Job>, { type: 'Complete' }>;
type Outcome = Result<typeof Job>;

const MESSAGES: Record<JobResult['outcome'], (result: Omit<JobResult, 'outcome'>) => string> = {
  Succeeded: () => 'Every step succeeded',
  StepFailed: ({ failedStep, exitCode }) => `The step “${failedStep}” ended with exit code ${exitCode}`,
  TimedOut: ({ failedStep }) => `It took too long in the step “${failedStep}”`,
};

/** Takes a job from the queue through its run to its end. */
export const jobReconciler = defineReconciler({
  for: Job,
  reads: {
    pool: reads.ref(RunnerPool, 'spec.runnerPool'),
    pipeline: reads.ref(Pipeline, 'spec.pipeline'),
    isolation: reads.observed('job-isolation'),
  },
  reconcile(ctx, job): Outcome {
    const { spec, status, metadata } = job;
    if (status?.finishedAt) return {};
    const effect = ctx.effects['run-job/run'];
    if (!effect && spec.cancel)
      return finished(ctx.now, { phase: 'Cancelled' }, 'Cancelled', 'It was cancelled before it ran');
    const place = ctx.pool?.status?.granted?.some(({ uid }) => uid === metadata.uid);
    if (!effect && !place) return waiting(job, ctx.pool);
    const isolation = ctx.isolation as JobIsolation;
    const settled = effect && settle(ctx.now, effect);
    if (settled) return { ...settled, conditions: [...settled.conditions!, isolated(isolation, settled)] };
    const progress = effect?.progress as JobProgress | undefined;
    return {
      status: {
        phase: 'Running',
        queuePosition: null,
        startedAt: progress?.startedAt,
        node: progress?.node,
        steps: progress?.steps,
        log: progress?.log,
      },
      conditions: [complete('Unknown', 'Running', 'It is running'), isolated(isolation)],
      effects: [runEffect(job, ctx.pipeline, ctx.pool, spec.cancel)],
    };
  },
});

function runEffect(
  { metadata, spec }: Job,
  pipeline: Pipeline | undefined,
  pool: RunnerPool | undefined,
  cancel: boolean,
): EffectIntent {
  const input: RunJobInput = {
    namespace: metadata.namespace!,
    name: metadata.name,
    uid: metadata.uid,
    repository: spec.repository,
    pipeline: spec.pipeline,
    workflow: pipeline?.spec.workflow,
    job: spec.step,
    sha: spec.sha,
    ref: pipeline?.spec.ref,
    steps: spec.steps,
    trusted: spec.trustTier === 'trusted',
    timeoutSeconds: Math.min(spec.timeoutSeconds, pool?.spec.jobTimeoutSeconds ?? spec.timeoutSeconds),
  };
  return { name: 'run-job', key: 'run', input, ...(cancel ? { cancel } : {}) };
}

function waiting({ metadata, spec }: Job, pool: RunnerPool | undefined): Outcome {
  const notStarted: ConditionUpdate<typeof Job> = {
    type: 'Isolated',
    status: 'Unknown',
    reason: 'NotStarted',
    message: 'It has not started',
  };
  if (!pool) {
    const message = `No runner pool takes ${spec.trustTier} work; create a RunnerPool with trustTier ${spec.trustTier}`;
    return {
      status: { phase: 'Pending', queuePosition: null },
      conditions: [complete('Unknown', 'Queued', message), notStarted],
    };
  }
  const position = (pool.status?.waiting ?? []).indexOf(metadata.name) + 1;
  const message =
    position > 0
      ? `Number ${position} in the queue of ${pool.metadata.name}`
      : `Waits for a place in ${pool.metadata.name}`;
  return {
    status: { phase: 'Queued', queuePosition: position > 0 ? position : null },
    conditions: [complete('Unknown', 'Queued', message), notStarted],
  };
}

/** The end of the run, or undefined while it goes on. */
function settle(now: Date, effect: EffectState): Outcome | undefined {
  if (effect.state === 'Succeeded') {
    const { outcome, ...result } = effect.result as JobResult;
    const message = MESSAGES[outcome](result);
    return finished(
      now,
      { ...result, phase: outcome === 'Succeeded' ? 'Succeeded' : 'Failed' },
      outcome,
      message,
    );
  }
  const progress = (effect.progress ?? {}) as Partial<JobProgress>;
  const reached = {
    startedAt: progress.startedAt,
    node: progress.node,
    steps: progress.steps,
    log: progress.log,
  };
  if (effect.state === 'Cancelled')
    return finished(now, { ...reached, phase: 'Cancelled' }, 'Cancelled', 'It was cancelled');
  if (effect.state !== 'Failed') return undefined;
  const reason = effect.error?.code === 'RunnerLost' ? 'RunnerLost' : 'LaunchFailed';
  return finished(
    now,
    { ...reached, phase: 'Failed' },
    reason,
    effect.error?.message ?? 'It could not be started',
  );
}

function finished(
  now: Date,
  status: NonNullable<Outcome['status']>,
  reason: Complete['reason'],
  message: string,
): Outcome {
  return {
    status: {
      finishedAt: now.toISOString(),
      ...status,
      queuePosition: null,
      ...(status.phase === 'Failed' ? { reason: message.slice(0, 500) } : {}),
    },
    conditions: [complete(status.phase === 'Succeeded' ? 'True' : 'False', reason, message)],
  };
}

function complete(status: Complete['status'], reason: Complete['reason'], message: string): Complete {
  return { type: 'Complete', status, reason, message };
}

function isolated(isolation: JobIsolation, end?: Outcome): ConditionUpdate<typeof Job> {
  if (end && !end.status?.startedAt)
    return { type: 'Isolated', status: 'Unknown', reason: 'NotStarted', message: 'It did not start' };
  return isolation.enforced
    ? { type: 'Isolated', status: 'True', reason: 'Enforced', message: isolation.reason }
    : { type: 'Isolated', status: 'False', reason: 'NotEnforced', message: isolation.reason };
}
