import { anObject, expectReconcilerLaws, reconcileOnce, SOME_TIME } from '@krate/controller-runtime/testkit';
import {
  AgentAdapter,
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentServiceAccount,
  AgentStack,
  KrateArtifact,
  KrateWorkspace,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import { Repository, RunnerPool } from '@krate/plugin-forge-common';
import { agentDispatchRunReconciler as reconciler } from './agentDispatchRunReconciler';

const SHA = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);
const LATER = '2026-01-02T00:00:00Z';
const EARLIER = '2026-01-01T00:00:00Z';
const condition = (type: string, status: string, reason: string, message = 'm') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: EARLIER,
});

const review = {
  decision: 'allowed',
  digest: 'sha256:1',
  checks: [{ rule: 'write-back', outcome: 'allowed', message: 'm' }],
};
const run = (status?: object, spec: object = {}, metadata: object = {}) =>
  anObject(AgentDispatchRun, {
    metadata: { name: 'fix', ...metadata },
    spec: { repository: 'web', agentStack: 'fixer', requestedBy: 'ada', ...spec },
    ...(status && { status: status as never }),
  });
const queued = (more: object = {}) =>
  run({ phase: 'Queued', permissionReview: review, queuedAt: EARLIER, runnerPool: 'local', ...more });
const running = (more: object = {}, spec: object = {}) =>
  run(
    { phase: 'Running', permissionReview: review, attemptRef: 'fix-1', runnerPool: 'local', ...more },
    spec,
  );

const world = {
  stack: anObject(AgentStack, {
    metadata: { name: 'fixer' },
    spec: {
      baseAgent: 'opencode',
      adapter: 'opencode',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      runnerPool: 'local',
      displayName: 'Fixer',
      prompt: { system: 'Be careful.' },
    },
  }),
  repository: anObject(Repository, { metadata: { name: 'web' } }),
  adapters: [
    anObject(AgentAdapter, {
      metadata: { name: 'opencode' },
      spec: { adapterType: 'subprocess', transport: 'stdio', command: ['opencode', 'acp'], trusted: true },
    }),
  ],
  accounts: [
    anObject(AgentServiceAccount, {
      metadata: { name: 'fixer' },
      spec: { serviceAccountName: 'fixer', allowedRepositories: ['web'] },
    }),
  ],
  pools: [
    anObject(RunnerPool, {
      metadata: { name: 'local' },
      spec: { warmReplicas: 0, maxReplicas: 2, trustTier: 'trusted' },
    }),
  ],
  bindings: [
    anObject(AgentRoleBinding, {
      spec: {
        subject: { kind: 'AgentServiceAccount', name: 'fixer' },
        scope: { kind: 'organization' },
        roleRef: { kind: 'Role', name: 'krate-agent-repository-repair' },
      },
    }),
  ],
  queue: { ahead: 0 },
};
const workspace = (
  status: object = { phase: 'InUse', baseSha: SHA, conditions: [condition('Ready', 'True', 'CheckedOut')] },
  spec: object = {},
) =>
  anObject(KrateWorkspace, {
    metadata: { name: 'fix' },
    spec: { repository: 'web', runRef: 'fix', ...spec },
    status: status as never,
  });
const approval = (name: string, spec: object = {}) =>
  anObject(AgentApproval, {
    metadata: { name },
    spec: {
      dispatchRun: 'fix',
      action: 'write-back',
      actionDetail: { type: 't', summary: 'Run it' },
      requestedBy: { kind: 'k', name: 'n' },
      expiresAt: LATER,
      ...spec,
    } as never,
  });
const approved = { decision: 'approve', decidedBy: 'bob' };
const attempt = (status: object, launch: object = {}) =>
  anObject(AgentDispatchAttempt, {
    metadata: { name: 'fix-1' },
    spec: {
      agentDispatchRun: 'fix',
      launch: {
        trusted: true,
        approvalExpiryMinutes: 60,
        writeBack: { allowed: true, requireApproval: true },
        ...launch,
      },
    } as never,
    status: status as never,
  });
const succeeded = (produced: string[], launch: object = {}) =>
  attempt({ phase: 'Succeeded', producedArtifacts: produced }, launch);
const patch = (ready: [string, string] = ['True', 'Available']) =>
  anObject(KrateArtifact, {
    metadata: { name: 'fix-1-patch' },
    spec: {
      dispatchRun: 'fix',
      kind: 'patch',
      digest: 'sha256:d',
      size: 1,
      mediaType: 'text/x-diff',
      patch: { baseSha: SHA, headSha: HEAD, targetRef: 'refs/heads/main', commits: 1, files: [] },
    },
    status: { conditions: [condition('Ready', ready[0], ready[1], 'the disk is full')] } as never,
  });
const done = (result: object) => ({ state: 'Succeeded' as const, attempts: 1, result });
const broken = (code: string) => ({
  state: 'Failed' as const,
  attempts: 1,
  error: { code, message: `It is ${code}`, retryable: false },
});

const atWork = { attempts: [succeeded(['fix-1-patch'])], artifacts: [patch()] };
const agreed = {
  ...atWork,
  approvals: [approval('fix-write-back', { ...approved, expectedArtifactDigest: 'sha256:d' })],
};
const KEY = 'uid-of-fix-write-back';

interface Case {
  reason: string;
  object: AgentDispatchRun;
  reads?: object;
  effects?: Record<string, any>;
  now?: Date;
  /** Expected status, reason of conditions by type, names of effects (default: whoever asked is told of an end) and of objects. */
  want: {
    status?: object;
    reasons?: Record<string, string>;
    effects?: string[];
    apply?: string[];
    remove?: string[];
  };
}

const cases: Case[] = [
  // Pending
  {
    reason: 'the review allows it',
    object: run(),
    want: {
      status: { phase: 'Queued', runnerPool: 'local' },
      reasons: {
        PermissionReviewed: 'Allowed',
        ApprovalSatisfied: 'NotRequired',
        Isolated: 'NotStarted',
        WrittenBack: 'Pending',
        Complete: 'InProgress',
      },
    },
  },
  {
    reason: 'the review denies it',
    object: run(),
    reads: { bindings: [] },
    want: {
      status: { phase: 'Failed', lastError: { code: 'permission-denied', retryable: false } },
      reasons: { PermissionReviewed: 'Denied', Complete: 'Failed' },
    },
  },
  {
    reason: 'there is no stack',
    object: run(),
    reads: { stack: undefined },
    want: {
      status: { phase: 'Failed', lastError: { code: 'stack-not-found' } },
      reasons: { PermissionReviewed: 'StackMissing' },
    },
  },
  {
    reason: 'there is no repository',
    object: run(),
    reads: { repository: undefined },
    want: { status: { phase: 'Failed' }, reasons: { PermissionReviewed: 'RepositoryMissing' } },
  },
  {
    reason: 'the review asks for an approval',
    object: run(undefined, { requiresApproval: true }),
    want: {
      status: { phase: 'AwaitingApproval', approvals: ['fix-launch'] },
      reasons: { PermissionReviewed: 'RequiresApproval', ApprovalSatisfied: 'Waiting' },
      apply: ['AgentApproval/fix-launch'],
      effects: ['notify/fix-launch'],
    },
  },
  {
    reason: 'it was cancelled before anything',
    object: run(undefined, { cancel: { requestedBy: 'ada' } }),
    want: { status: { phase: 'Cancelled' }, reasons: { Complete: 'Cancelled' } },
  },

  // AwaitingApproval before the launch
  {
    reason: 'nobody decided yet',
    object: run({ phase: 'AwaitingApproval' }),
    reads: { approvals: [approval('fix-launch')] },
    want: {},
  },
  {
    reason: 'the start was approved',
    object: run({ phase: 'AwaitingApproval' }),
    reads: { approvals: [approval('fix-launch', approved)] },
    want: { status: { phase: 'Queued' }, reasons: { ApprovalSatisfied: 'Approved' } },
  },
  {
    reason: 'the approval is of a deleted run of the same name',
    object: run({ phase: 'AwaitingApproval' }, {}, { creationTimestamp: LATER }),
    reads: { approvals: [approval('fix-launch', approved)] },
    want: { status: { phase: 'Failed', lastError: { code: 'approval-withdrawn' } } },
  },
  {
    reason: 'the start was denied',
    object: run({ phase: 'AwaitingApproval' }),
    reads: { approvals: [approval('fix-launch', { decision: 'deny', decidedBy: 'bob' })] },
    want: {
      status: { phase: 'Failed', lastError: { code: 'approval-denied' } },
      reasons: { ApprovalSatisfied: 'Denied' },
    },
  },
  {
    reason: 'nobody decided in time',
    object: run({ phase: 'AwaitingApproval' }),
    reads: { approvals: [approval('fix-launch', { expiresAt: EARLIER })] },
    want: {
      status: { phase: 'Failed', lastError: { code: 'approval-expired', retryable: true } },
      reasons: { ApprovalSatisfied: 'Expired' },
    },
  },

  // Queued
  {
    reason: 'the pool is full',
    object: queued(),
    reads: { queue: { ahead: 4 } },
    want: { status: { queuePosition: 3 }, reasons: { Complete: 'InProgress' } },
  },
  {
    reason: 'there is room: first a workspace',
    object: queued(),
    want: {
      status: { workspaceRef: 'fix' },
      reasons: { WorkspaceResolved: 'Preparing' },
      apply: ['KrateWorkspace/fix'],
    },
  },
  {
    reason: 'the workspace is being made',
    object: queued(),
    reads: { workspace: workspace({ phase: 'Provisioning' }) },
    want: { reasons: { WorkspaceResolved: 'Preparing' } },
  },
  {
    reason: 'the workspace could not be made',
    object: queued(),
    reads: { workspace: workspace({ phase: 'Failed', lastError: 'no branch' }) },
    want: {
      status: { phase: 'Failed', lastError: { code: 'workspace-failed', message: 'no branch' } },
      reasons: { WorkspaceResolved: 'Failed' },
    },
  },
  {
    reason: 'the workspace it should go on in is free',
    object: run({ ...queued().status }, { workspaceRef: 'fix' }),
    reads: { workspace: workspace(undefined, { runRef: undefined }) },
    want: { reasons: { WorkspaceResolved: 'Preparing' }, effects: ['claim-workspace/uid-of-fix'] },
  },
  {
    reason: 'the workspace is another run’s',
    object: run({ ...queued().status }, { workspaceRef: 'fix' }),
    reads: { workspace: workspace(undefined, { runRef: 'other' }) },
    want: { reasons: { WorkspaceResolved: 'Preparing' } },
  },
  {
    reason: 'the workspace is of another repository',
    object: run({ ...queued().status }, { workspaceRef: 'fix' }),
    reads: { workspace: workspace(undefined, { repository: 'api' }) },
    want: { status: { phase: 'Failed' }, reasons: { WorkspaceResolved: 'Failed' } },
  },
  {
    reason: 'the workspace is of another ref than was reviewed',
    object: run({ ...queued().status }, { workspaceRef: 'fix' }),
    reads: { workspace: workspace(undefined, { branch: 'refs/pull/1/head' }) },
    want: { status: { phase: 'Failed' }, reasons: { WorkspaceResolved: 'Failed' } },
  },
  {
    reason: 'the review would end otherwise by now',
    object: queued(),
    reads: { workspace: workspace(), bindings: [] },
    want: { status: { phase: 'Failed', lastError: { code: 'review-outdated', retryable: true } } },
  },
  {
    reason: 'everything is ready',
    object: queued(),
    reads: { workspace: workspace() },
    want: {
      status: { phase: 'Running', attemptRef: 'fix-1', baseSha: SHA },
      reasons: { WorkspaceResolved: 'Ready' },
      apply: ['AgentDispatchAttempt/fix-1'],
    },
  },

  // Running
  {
    reason: 'the agent works',
    object: running(),
    reads: {
      attempts: [
        attempt({
          phase: 'Running',
          isolation: { mechanism: 'bubblewrap', enforced: [], notEnforced: ['memory'] },
        }),
      ],
    },
    want: {
      status: { phase: 'Running', isolation: { mechanism: 'bubblewrap' } },
      reasons: { Isolated: 'Enforced', Complete: 'InProgress' },
    },
  },
  {
    reason: 'the agent is not isolated, but trusted',
    object: running(),
    reads: {
      attempts: [
        attempt({
          phase: 'Running',
          isolation: { mechanism: 'uid', enforced: [], notEnforced: ['network'] },
        }),
      ],
    },
    want: { reasons: { Isolated: 'NotEnforced' } },
  },
  {
    reason: 'the agent waits for a person',
    object: running(),
    reads: { attempts: [attempt({ phase: 'Parked' })], approvals: [approval('fix-1-tool-0')] },
    want: {
      status: { phase: 'AwaitingApproval', approvals: ['fix-1-tool-0'] },
      reasons: { ApprovalSatisfied: 'Waiting' },
    },
  },
  {
    reason: 'the agent got its answer',
    object: running({ phase: 'AwaitingApproval', awaitingSince: EARLIER }),
    reads: { attempts: [attempt({ phase: 'Running' })], approvals: [approval('fix-1-tool-0', approved)] },
    want: { status: { phase: 'Running', awaitingSince: null }, reasons: { ApprovalSatisfied: 'Approved' } },
  },
  {
    reason: 'the agent failed',
    object: running(),
    reads: {
      attempts: [attempt({ phase: 'Failed', exitReason: 'deadline-exceeded', exitMessage: 'too slow' })],
    },
    want: {
      status: {
        phase: 'Failed',
        lastError: { code: 'deadline-exceeded', message: 'too slow', retryable: true },
      },
      reasons: { Complete: 'Failed', WrittenBack: 'NothingToWrite' },
    },
  },
  {
    reason: 'isolation was refused',
    object: running(),
    reads: {
      attempts: [
        attempt({
          phase: 'Failed',
          exitReason: 'isolation-refused',
          conditions: [condition('Launched', 'False', 'IsolationRefused')],
        }),
      ],
    },
    want: {
      status: { phase: 'Failed', lastError: { code: 'isolation-refused', retryable: false } },
      reasons: { Isolated: 'Refused' },
    },
  },
  {
    reason: 'a person cancels it',
    object: running({}, { cancel: { requestedBy: 'ada' } }),
    reads: { attempts: [attempt({ phase: 'Running' })] },
    want: { apply: ['AgentDispatchAttempt/fix-1'] },
  },
  {
    reason: 'the agent was cancelled',
    object: running({}, { cancel: { requestedBy: 'ada' } }),
    reads: { attempts: [attempt({ phase: 'Cancelled' })] },
    want: { status: { phase: 'Cancelled' }, reasons: { Complete: 'Cancelled' } },
  },
  {
    reason: 'the attempt was deleted',
    object: running(),
    want: { status: { phase: 'Failed', lastError: { code: 'attempt-deleted' } } },
  },

  // the work comes back
  {
    reason: 'nothing was changed',
    object: running(),
    reads: { attempts: [succeeded([])] },
    want: {
      status: { phase: 'Completed' },
      reasons: { ArtifactsIndexed: 'NoChanges', WrittenBack: 'NothingToWrite', Complete: 'Succeeded' },
    },
  },
  {
    reason: 'the artifact is not seen yet',
    object: running(),
    reads: { attempts: [succeeded(['fix-1-patch'])] },
    want: { status: { phase: 'Running' }, reasons: { ArtifactsIndexed: 'Pending' } },
  },
  {
    reason: 'the artifact is being stored',
    object: running(),
    reads: { ...atWork, artifacts: [patch(['Unknown', 'Storing'])] },
    want: { reasons: { ArtifactsIndexed: 'Pending' } },
  },
  {
    reason: 'the artifact could not be stored',
    object: running(),
    reads: { ...atWork, artifacts: [patch(['False', 'Failed'])] },
    want: {
      status: { phase: 'Failed', lastError: { code: 'artifact-failed' } },
      reasons: { ArtifactsIndexed: 'Failed' },
    },
  },
  {
    reason: 'it may propose nothing',
    object: running(),
    reads: {
      ...atWork,
      attempts: [succeeded(['fix-1-patch'], { writeBack: { allowed: false, requireApproval: true } })],
    },
    want: {
      status: { phase: 'Completed' },
      reasons: { ArtifactsIndexed: 'Indexed', WrittenBack: 'NothingToWrite' },
    },
  },
  {
    reason: 'it started from a pull request’s head',
    object: running({}, { ref: 'refs/pull/1/head' }),
    reads: atWork,
    want: { status: { phase: 'Completed' }, reasons: { WrittenBack: 'NothingToWrite' } },
  },

  // write-back
  {
    reason: 'the changes need an approval',
    object: running(),
    reads: atWork,
    want: {
      status: { phase: 'AwaitingApproval' },
      reasons: { WrittenBack: 'Waiting', ArtifactsIndexed: 'Indexed' },
      apply: ['AgentApproval/fix-write-back'],
      effects: ['notify/fix-write-back'],
    },
  },
  {
    reason: 'the changes need no approval',
    object: running(),
    reads: {
      ...atWork,
      attempts: [succeeded(['fix-1-patch'], { writeBack: { allowed: true, requireApproval: false } })],
    },
    want: {
      status: { phase: 'Running' },
      reasons: { WrittenBack: 'Pending' },
      effects: ['push-branch/policy'],
    },
  },
  {
    reason: 'the changes were denied',
    object: running(),
    reads: { ...atWork, approvals: [approval('fix-write-back', { decision: 'deny', decidedBy: 'bob' })] },
    want: {
      status: { phase: 'Failed', lastError: { code: 'write-back-denied' } },
      reasons: { WrittenBack: 'Denied' },
    },
  },
  {
    reason: 'nobody decided about the changes',
    object: running(),
    reads: { ...atWork, approvals: [approval('fix-write-back', { expiresAt: EARLIER })] },
    want: {
      status: { phase: 'Failed', lastError: { code: 'approval-expired' } },
      reasons: { WrittenBack: 'Denied' },
    },
  },
  {
    reason: 'the changes were approved: first the branch',
    object: running({ phase: 'AwaitingApproval' }),
    reads: agreed,
    want: { status: { phase: 'Running' }, effects: [`push-branch/${KEY}`] },
  },
  {
    reason: 'then the pull request',
    object: running(),
    reads: agreed,
    effects: { [`push-branch/${KEY}`]: done({ sha: HEAD }) },
    want: {
      reasons: { WrittenBack: 'Pending' },
      effects: [`push-branch/${KEY}`, `open-pull-request/${KEY}`],
    },
  },
  {
    reason: 'the artifact is not what was approved',
    object: running(),
    reads: agreed,
    effects: { [`push-branch/${KEY}`]: broken('digest-mismatch') },
    want: {
      status: { phase: 'Failed', lastError: { code: 'digest-mismatch' } },
      reasons: { WrittenBack: 'Failed' },
    },
  },
  {
    reason: 'a protection refused the branch',
    object: running(),
    reads: agreed,
    effects: { [`push-branch/${KEY}`]: broken('push-refused') },
    want: { status: { phase: 'Failed', lastError: { code: 'push-refused' } } },
  },
  {
    reason: 'the pull request is open',
    object: running(),
    reads: agreed,
    effects: {
      [`push-branch/${KEY}`]: done({}),
      [`open-pull-request/${KEY}`]: done({ pullRequest: 'web-7' }),
    },
    want: {
      status: {
        phase: 'Completed',
        pullRequest: 'web-7',
        branch: 'refs/heads/krate/fix',
        artifacts: [{ kind: 'patch', name: 'fix-1-patch' }],
      },
      reasons: { WrittenBack: 'PullRequestOpened', Complete: 'Succeeded' },
    },
  },

  // over
  {
    reason: 'its workspace goes back',
    object: run({ phase: 'Completed' }),
    reads: { workspace: workspace() },
    want: { effects: ['release-workspace/uid-of-fix'] },
  },
  {
    reason: 'nothing is left to do',
    object: run({ phase: 'Failed' }),
    reads: { workspace: workspace(undefined, { runRef: 'next' }) },
    want: {},
  },
  {
    reason: 'it is deleted: first the attempt goes',
    object: run({ phase: 'Running' }, {}, { deletionTimestamp: EARLIER }),
    reads: { attempts: [attempt({ phase: 'Running' })], workspace: workspace() },
    want: { remove: ['AgentDispatchAttempt/fix-1'] },
  },
  {
    reason: 'it is deleted: then the workspace',
    object: run({ phase: 'Running' }, {}, { deletionTimestamp: EARLIER }),
    reads: { workspace: workspace() },
    want: { remove: ['KrateWorkspace/fix'] },
  },
];

describe('agentDispatchRunReconciler', () => {
  it.each(cases)('$reason', ({ object, reads = {}, effects = {}, now = SOME_TIME, want }) => {
    const given: any = { object, reads: { ...world, ...reads }, effects, now };
    const result = reconcileOnce(reconciler, given);
    expect(result.status ?? {}).toMatchObject(want.status ?? {});
    const reasons = Object.fromEntries((result.conditions ?? []).map(({ type, reason }) => [type, reason]));
    expect(reasons).toMatchObject(want.reasons ?? {});
    const told = ['Completed', 'Failed', 'Cancelled'].includes((result.status as any)?.phase)
      ? ['notify/complete']
      : [];
    expect((result.effects ?? []).map(({ name, key }) => `${name}/${key}`)).toEqual(want.effects ?? told);
    expect(
      (result.apply ?? []).map(({ kind, object: child }) => `${kind.kind}/${child.metadata.name}`),
    ).toEqual(want.apply ?? []);
    expect((result.remove ?? []).map(({ kind, name }) => `${kind.kind}/${name}`)).toEqual(want.remove ?? []);
    if (!object.metadata.deletionTimestamp) expectReconcilerLaws(reconciler, given);
  });

  it('freezes everything that the agent is launched with', () => {
    const { apply } = reconcileOnce(reconciler, {
      object: queued(),
      reads: { ...world, workspace: workspace() } as any,
    });
    expect(apply![0]!.object.spec).toMatchObject({
      agentDispatchRun: 'fix',
      attemptReason: 'initial',
      agentStackSnapshot: { name: 'fixer', generation: 1, digest: expect.stringMatching(/^sha256:/) },
      launch: {
        command: ['opencode', 'acp'],
        trusted: true,
        prompt: 'Be careful.',
        author: 'Fixer',
        approvalMode: 'prompt',
        maxDurationSeconds: 3600,
        writeBack: { allowed: true, requireApproval: true },
      },
      permissionReview: { decision: 'allowed' },
      workspaceRef: 'fix',
      runnerPool: 'local',
    });
  });

  it('lets a run narrow the budget of its stack, and not widen it', () => {
    const stack = {
      ...world.stack,
      spec: { ...world.stack.spec, budget: { maxTokens: 100, maxCostUsd: 1 } },
    };
    const object = run(queued().status, {
      budget: { maxTokens: 50, maxCostUsd: 99, maxDurationSeconds: 60 },
    });
    const { apply } = reconcileOnce(reconciler, {
      object,
      reads: { ...world, stack, workspace: workspace() } as any,
    });
    expect((apply![0]!.object.spec as any).launch).toMatchObject({
      budget: { maxTokens: 50, maxCostUsd: 1 },
      maxDurationSeconds: 60,
    });
  });

  it('trusts no agent in an untrusted pool', () => {
    const pools = [
      anObject(RunnerPool, { metadata: { name: 'local' }, spec: { warmReplicas: 0, maxReplicas: 2 } }),
    ];
    const { apply } = reconcileOnce(reconciler, {
      object: queued(),
      reads: { ...world, pools, workspace: workspace() } as any,
    });
    expect((apply![0]!.object.spec as any).launch.trusted).toBe(false);
  });
});
