import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import { Job, Pipeline, PullRequest, Repository, RunnerPool } from '@krate/plugin-forge-common';
import { jobReconciler } from './jobReconciler';
import { pipelineReconciler } from './pipelineReconciler';
import { runnerPoolReconciler } from './runnerPoolReconciler';
import { pullRequestPipelinesReconciler, repositoryPipelinesReconciler, trustOf } from './startPipelines';

const SHA = 'a'.repeat(40);
const ISOLATED = { enforced: true, reason: 'own namespaces' };
const OPEN = { enforced: false, reason: 'no bubblewrap' };
const steps = [{ name: 'unit', run: 'npm test' }];

const pool = (name: string, spec = {}, status: object = {}) =>
  anObject(RunnerPool, {
    metadata: { name },
    spec: { warmReplicas: 0, maxReplicas: 1, trustTier: 'untrusted', ...spec },
    status,
  });
const job = (name: string, spec = {}, status: object = {}, metadata = {}) =>
  anObject(Job, {
    metadata: { name, ...metadata },
    spec: { pipeline: 'ci', repository: 'web', step: 'test', sha: SHA, steps, runnerPool: 'local', ...spec },
    status,
  });
const pipeline = (spec = {}, status: object = {}) =>
  anObject(Pipeline, {
    metadata: { name: 'ci' },
    spec: {
      repository: 'web',
      ref: 'refs/heads/main',
      sha: SHA,
      workflow: 'ci',
      jobs: [{ name: 'test', steps, timeoutSeconds: 60 }],
      ...spec,
    },
    status,
  });
const conditions = (result: { conditions?: { type: string; status: string; reason: string }[] }) =>
  result.conditions?.map(({ type, status, reason }) => `${type}=${status}/${reason}`);

describe('starting pipelines', () => {
  const workflow = (fields = {}) => ({
    name: 'ci',
    jobs: [{ name: 'test', steps, timeoutSeconds: 60 }],
    onPullRequest: true,
    pushBranches: ['main'],
    ...fields,
  });
  const names = (result: any) =>
    result.apply?.map(({ object }: any) => `${object.metadata.name} ${object.spec.trustTier}`);
  const repository = anObject(Repository, { metadata: { name: 'web' } });
  const pull = (spec = {}, status: object = {}) =>
    anObject(PullRequest, {
      metadata: { name: 'web-7' },
      spec: {
        repository: 'web',
        number: 7,
        title: 'x',
        sourceRef: 'refs/heads/fix',
        targetRef: 'refs/heads/main',
        author: 'ada',
        ...spec,
      },
      status,
    });

  it.each([
    {
      reason: 'the default branch has a new head',
      workflows: [workflow()],
      want: ['web-ci-aaaaaaaa trusted'],
    },
    {
      reason: 'the workflow is for other branches',
      workflows: [workflow({ pushBranches: ['release/*'] })],
      want: [],
    },
    {
      reason: 'the file is unfit',
      workflows: [{ name: 'ci', problem: 'no YAML' }],
      want: ['web-ci-aaaaaaaa trusted'],
    },
  ])('$reason', ({ workflows, want }) => {
    const given: any = { object: repository, reads: { head: { sha: SHA, workflows } } };
    const result = reconcileOnce(repositoryPipelinesReconciler, given);
    expect(names(result)).toEqual(want);
    expect(result.status).toEqual({ pipelinesSha: SHA });
    expectReconcilerLaws(repositoryPipelinesReconciler, given);
  });

  it.each([
    { reason: 'a person’s pull request', object: pull(), want: ['web-ci-aaaaaaaa-7 trusted'] },
    {
      reason: 'an agent’s pull request',
      object: pull({ author: 'run:krate-org-acme/r1' }),
      want: ['web-ci-aaaaaaaa-7 untrusted'],
    },
    { reason: 'one that is closed', object: pull({ state: 'closed' }), want: undefined },
    { reason: 'one that is merged', object: pull({}, { phase: 'Merged' }), want: undefined },
  ])('$reason', ({ object, want }) => {
    const given: any = { object, reads: { repository, head: { sha: SHA, workflows: [workflow()] } } };
    expect(names(reconcileOnce(pullRequestPipelinesReconciler, given))).toEqual(want);
    expectReconcilerLaws(pullRequestPipelinesReconciler, given);
  });

  it('does not start again what was started', () => {
    expect(
      reconcileOnce(repositoryPipelinesReconciler, { object: repository, reads: { head: undefined } }),
    ).toEqual({});
  });

  it.each([
    ['ada', 'trusted'],
    ['run:x/y', 'untrusted'],
    ['system:krate:agents', 'untrusted'],
    ['anonymous', 'untrusted'],
    [undefined, 'untrusted'],
  ])('trusts %s as %s', (author, want) => {
    expect(trustOf(author)).toBe(want);
  });
});

describe('pipelines', () => {
  const jobOf = (result: any) => result.apply?.[0].object.spec;

  it.each([
    {
      reason: 'untrusted work goes to an untrusted pool',
      spec: {},
      pools: [pool('a', { trustTier: 'trusted' }), pool('b')],
      want: 'b',
    },
    {
      reason: 'untrusted work never enters a trusted pool',
      spec: {},
      pools: [pool('a', { trustTier: 'trusted' })],
      want: undefined,
    },
    {
      reason: 'not even when it asks for it',
      spec: { jobs: [{ name: 'test', steps, timeoutSeconds: 60, runnerPool: 'a' }] },
      pools: [pool('a', { trustTier: 'trusted' })],
      want: undefined,
    },
    {
      reason: 'trusted work prefers its own',
      spec: { trustTier: 'trusted' },
      pools: [pool('a'), pool('b', { trustTier: 'trusted' })],
      want: 'b',
    },
    {
      reason: 'trusted work takes what there is',
      spec: { trustTier: 'trusted' },
      pools: [pool('a')],
      want: 'a',
    },
    {
      reason: 'a job names its pool',
      spec: { jobs: [{ name: 'test', steps, timeoutSeconds: 60, runnerPool: 'b' }] },
      pools: [pool('a'), pool('b')],
      want: 'b',
    },
  ])('$reason', ({ spec, pools, want }) => {
    const given: any = { object: pipeline(spec), reads: { pools } };
    expect(jobOf(reconcileOnce(pipelineReconciler, given)).runnerPool).toBe(want);
    expectReconcilerLaws(pipelineReconciler, given);
  });

  it('keeps a job in the pool in which it waits', () => {
    const given = {
      object: pipeline(),
      reads: { pools: [pool('a'), pool('b')], jobs: [job('ci-test', { runnerPool: 'b' })] },
    };
    expect(jobOf(reconcileOnce(pipelineReconciler, given)).runnerPool).toBe('b');
  });

  it.each([
    { reason: 'it waits', phase: 'Queued', want: 'Queued', conditions: ['Complete=Unknown/Running'] },
    { reason: 'it runs', phase: 'Running', want: 'Running', conditions: ['Complete=Unknown/Running'] },
    {
      reason: 'it succeeded',
      phase: 'Succeeded',
      want: 'Succeeded',
      conditions: ['Complete=True/Succeeded'],
    },
    { reason: 'it failed', phase: 'Failed', want: 'Failed', conditions: ['Complete=False/Failed'] },
    {
      reason: 'it was cancelled',
      phase: 'Cancelled',
      want: 'Cancelled',
      conditions: ['Complete=False/Cancelled'],
    },
  ])('sums up: $reason', ({ phase, want, conditions: wanted }) => {
    const given: any = { object: pipeline(), reads: { jobs: [job('ci-test', {}, { phase })] } };
    const result = reconcileOnce(pipelineReconciler, given);
    expect(result.status?.phase).toBe(want);
    expect(conditions(result)).toEqual(wanted);
    expectReconcilerLaws(pipelineReconciler, given);
  });

  it('ends when every job has ended, and failed when one did', () => {
    const object = pipeline({
      jobs: [
        { name: 'test', steps, timeoutSeconds: 60 },
        { name: 'lint', steps, timeoutSeconds: 60 },
      ],
    });
    const one = reconcileOnce(pipelineReconciler, {
      object,
      reads: { jobs: [job('ci-test', {}, { phase: 'Failed' }), job('ci-lint', {}, { phase: 'Running' })] },
    });
    expect(one.status).toMatchObject({ phase: 'Running' });
    const both = reconcileOnce(pipelineReconciler, {
      object,
      reads: { jobs: [job('ci-test', {}, { phase: 'Failed' }), job('ci-lint', {}, { phase: 'Succeeded' })] },
    });
    expect(both.status).toMatchObject({ phase: 'Failed', failedJob: 'ci-test' });
  });

  it('fails with the problem of its file', () => {
    const result = reconcileOnce(pipelineReconciler, { object: pipeline({ jobs: [], problem: 'no YAML' }) });
    expect(result).toMatchObject({ status: { phase: 'Failed' }, conditions: [{ message: 'no YAML' }] });
  });

  it('passes a cancel on to its jobs', () => {
    expect(jobOf(reconcileOnce(pipelineReconciler, { object: pipeline({ cancel: {} }) })).cancel).toBe(true);
  });

  it('does not bring back the jobs of what ended', () => {
    expect(reconcileOnce(pipelineReconciler, { object: pipeline({}, { finishedAt: 'then' }) })).toEqual({});
  });
});

describe('runner pools', () => {
  const at = (second: number) => ({ creationTimestamp: `2026-01-01T00:00:0${second}Z` });
  const decide = (object: RunnerPool, jobs: Job[], isolation = ISOLATED) => {
    const given: any = { object, reads: { jobs, isolation } };
    expectReconcilerLaws(runnerPoolReconciler, given);
    const result = reconcileOnce(runnerPoolReconciler, given);
    return {
      granted: result.status!.granted!.map((one: any) => one.job),
      waiting: result.status!.waiting,
      conditions: conditions(result),
    };
  };

  it.each([
    {
      reason: 'the oldest first',
      object: pool('local'),
      jobs: [job('b', {}, {}, at(2)), job('a', {}, {}, at(3)), job('c', {}, {}, at(1))],
      want: { granted: ['c'], waiting: ['b', 'a'], conditions: ['Ready=True/Saturated'] },
    },
    {
      reason: 'a place is kept',
      object: pool('local', {}, { granted: [{ job: 'a', uid: 'uid-of-a' }] }),
      jobs: [job('a', {}, { phase: 'Running' }, at(2)), job('b', {}, {}, at(1))],
      want: { granted: ['a'], waiting: ['b'] },
    },
    {
      reason: 'a place is free when its job ended',
      object: pool('local', {}, { granted: [{ job: 'a', uid: 'uid-of-a' }] }),
      jobs: [job('a', {}, { phase: 'Failed' }), job('b')],
      want: { granted: ['b'], waiting: [], conditions: ['Ready=True/Available'] },
    },
    {
      reason: 'a place is not inherited by name',
      object: pool('local', {}, { granted: [{ job: 'a', uid: 'old' }] }),
      jobs: [job('b', {}, {}, at(1)), job('a', {}, {}, at(2))],
      want: { granted: ['b'], waiting: ['a'] },
    },
    {
      reason: 'a smaller pool takes nothing away',
      object: pool(
        'local',
        {},
        {
          granted: [
            { job: 'a', uid: 'uid-of-a' },
            { job: 'b', uid: 'uid-of-b' },
          ],
        },
      ),
      jobs: [job('a'), job('b'), job('c')],
      want: { granted: ['a', 'b'], waiting: ['c'] },
    },
    {
      reason: 'a cancelled job needs no place',
      object: pool('local'),
      jobs: [job('a', { cancel: true })],
      want: { granted: [], waiting: [] },
    },
    {
      reason: 'more warm than at most',
      object: pool('local', { warmReplicas: 2 }),
      jobs: [],
      want: { conditions: ['Ready=False/ReplicasConflict'] },
    },
  ])('$reason', ({ object, jobs, want }) => {
    expect(decide(object, jobs)).toMatchObject(want);
  });

  it('says that untrusted work is refused where nothing isolates it', () => {
    expect(decide(pool('local'), [], OPEN).conditions).toEqual(['Ready=False/IsolationUnavailable']);
    expect(decide(pool('local', { trustTier: 'trusted' }), [], OPEN).conditions).toEqual([
      'Ready=True/Available',
    ]);
  });
});

describe('jobs', () => {
  const granted = pool(
    'local',
    { jobTimeoutSeconds: 30 },
    { granted: [{ job: 'a', uid: 'uid-of-a' }], waiting: ['x', 'b'] },
  );
  const result = {
    startedAt: 't',
    finishedAt: 't',
    node: 'n',
    steps: [],
    outcome: 'Succeeded',
    log: { stream: 'log', length: 1 },
  };
  const run = (state: object) => ({ 'run-job/run': { attempts: 1, ...state } as any });

  it.each([
    {
      reason: 'no pool takes it',
      object: job('a', { runnerPool: undefined }),
      reads: {},
      want: { phase: 'Pending', conditions: ['Complete=Unknown/Queued', 'Isolated=Unknown/NotStarted'] },
    },
    {
      reason: 'it waits its turn',
      object: job('b'),
      reads: { pool: granted },
      want: { phase: 'Queued', position: 2 },
    },
    {
      reason: 'it has a place',
      object: job('a'),
      reads: { pool: granted },
      want: {
        phase: 'Running',
        effects: ['run-job/run'],
        conditions: ['Complete=Unknown/Running', 'Isolated=True/Enforced'],
      },
    },
    {
      reason: 'it was cancelled while it waited',
      object: job('b', { cancel: true }),
      reads: { pool: granted },
      want: { phase: 'Cancelled', conditions: ['Complete=False/Cancelled'] },
    },
    {
      reason: 'it is being cancelled',
      object: job('a', { cancel: true }),
      reads: { pool: granted },
      effects: run({ state: 'Running' }),
      want: { phase: 'Running', effects: ['run-job/run cancel'] },
    },
    {
      reason: 'it was cancelled',
      object: job('a', { cancel: true }),
      reads: { pool: granted },
      effects: run({ state: 'Cancelled', progress: { startedAt: 't' } }),
      want: { phase: 'Cancelled', conditions: ['Complete=False/Cancelled', 'Isolated=True/Enforced'] },
    },
    {
      reason: 'it succeeded',
      object: job('a'),
      reads: { pool: granted },
      effects: run({ state: 'Succeeded', result }),
      want: { phase: 'Succeeded', conditions: ['Complete=True/Succeeded', 'Isolated=True/Enforced'] },
    },
    {
      reason: 'a step failed',
      object: job('a'),
      reads: { pool: granted },
      effects: run({
        state: 'Succeeded',
        result: { ...result, outcome: 'StepFailed', exitCode: 3, failedStep: 'unit' },
      }),
      want: {
        phase: 'Failed',
        why: 'The step “unit” ended with exit code 3',
        conditions: ['Complete=False/StepFailed', 'Isolated=True/Enforced'],
      },
    },
    {
      reason: 'it took too long',
      object: job('a'),
      reads: { pool: granted },
      effects: run({ state: 'Succeeded', result: { ...result, outcome: 'TimedOut', failedStep: 'unit' } }),
      want: { phase: 'Failed', conditions: ['Complete=False/TimedOut', 'Isolated=True/Enforced'] },
    },
    {
      reason: 'its host was lost',
      object: job('a'),
      reads: { pool: granted },
      effects: run({ state: 'Failed', error: { code: 'RunnerLost', message: 'x', retryable: false } }),
      want: { phase: 'Failed', conditions: ['Complete=False/RunnerLost', 'Isolated=Unknown/NotStarted'] },
    },
    {
      reason: 'it could not start',
      object: job('a'),
      reads: { pool: granted },
      effects: run({ state: 'Failed', error: { code: 'LaunchFailed', message: 'x', retryable: false } }),
      want: { phase: 'Failed', conditions: ['Complete=False/LaunchFailed', 'Isolated=Unknown/NotStarted'] },
    },
    {
      reason: 'its pool went while it runs',
      object: job('a'),
      reads: {},
      effects: run({ state: 'Running' }),
      want: { phase: 'Running', effects: ['run-job/run'] },
    },
  ])('$reason', ({ object, reads, effects, want }: any) => {
    const given: any = { object, reads: { isolation: ISOLATED, ...reads }, effects };
    const outcome = reconcileOnce(jobReconciler, given);
    const seen = {
      phase: outcome.status?.phase,
      position: outcome.status?.queuePosition,
      why: outcome.status?.reason,
      effects: outcome.effects?.map(({ name, key, cancel }) => `${name}/${key}${cancel ? ' cancel' : ''}`),
      conditions: conditions(outcome),
    };
    expect(seen).toMatchObject(want);
    expectReconcilerLaws(jobReconciler, given);
  });

  it('runs no longer than its pool allows', () => {
    const outcome = reconcileOnce(jobReconciler, {
      object: job('a', { timeoutSeconds: 600 }),
      reads: { pool: granted, isolation: ISOLATED },
    });
    expect(outcome.effects![0].input).toMatchObject({ timeoutSeconds: 30, trusted: false });
  });

  it('rests when it has ended', () => {
    expect(
      reconcileOnce(jobReconciler, { object: job('a', {}, { phase: 'Failed', finishedAt: 'then' }) }),
    ).toEqual({});
  });
});
