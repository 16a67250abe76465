import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentSession,
  KrateArtifact,
  KrateWorkspace,
  KrateWorkspacePolicy,
} from '@krate/plugin-agents-common';
import { Repository } from '@krate/plugin-forge-common';
import { agentApprovalReconciler } from './agentApprovalReconciler';
import { agentSessionReconciler } from './agentSessionReconciler';
import { krateArtifactReconciler } from './krateArtifactReconciler';
import { krateWorkspaceReconciler } from './krateWorkspaceReconciler';

const EARLIER = '2026-01-01T00:00:00Z';
const NOW = '2026-01-01T12:00:00.000Z';
const ok = (result: object = {}) => ({ state: 'Succeeded', attempts: 1, result, finishedAt: NOW });
const failed = {
  state: 'Failed',
  attempts: 5,
  error: { code: 'c', message: 'the disk is full', retryable: false },
};

const run = (phase: string) =>
  anObject(AgentDispatchRun, { metadata: { name: 'fix' }, status: { phase: phase as never } });
const attempt = (phase: string) =>
  anObject(AgentDispatchAttempt, {
    metadata: { name: 'fix-1' },
    status: { phase: phase as never, agentName: 'opencode' },
  });
const question = (spec: object = {}, status: object = {}) =>
  anObject(AgentApproval, {
    metadata: { name: 'q' },
    spec: {
      dispatchRun: 'fix',
      action: 'tool-use',
      actionDetail: { requestId: '9:0' },
      expiresAt: '2026-01-02T00:00:00Z',
      ...spec,
    } as never,
    status: status as never,
  });
const live = { run: run('AwaitingApproval'), attempt: attempt('Parked') };
const yes = { decision: 'approve', decidedBy: 'bob' };

const workspace = (spec: object = {}, status?: object, metadata: object = {}) =>
  anObject(KrateWorkspace, {
    metadata: { name: 'fix', ...metadata },
    spec: { repository: 'web', ...spec },
    ...(status && { status: status as never }),
  });
const repository = anObject(Repository, { metadata: { name: 'web' } });
const prepared = { 'prepare-workspace/prepare': ok({ baseSha: 'a', sizeBytes: 10 }) };
const policy = (maxAgeHours: number) =>
  anObject(KrateWorkspacePolicy, { spec: { mode: 'on-demand', retentionPolicy: { maxAgeHours } } });
const artifact = (status?: object, metadata: object = {}) =>
  anObject(KrateArtifact, {
    metadata: { name: 'p', ...metadata },
    spec: { digest: 'sha256:d', size: 3 } as never,
    ...(status && { status: status as never }),
  });
const session = anObject(AgentSession, {
  spec: { agentMuxSessionId: 's', dispatchRun: 'fix', attempt: 'fix-1' },
});

interface Case {
  reason: string;
  reconciler: any;
  object: any;
  reads?: object;
  effects?: object;
  want: { phase?: string; because?: string; effects?: string[]; status?: object; done?: boolean };
}
const cases: Case[] = [
  {
    reason: 'waits',
    reconciler: agentApprovalReconciler,
    object: question(),
    reads: live,
    want: { phase: 'Pending', because: 'Waiting' },
  },
  {
    reason: 'was approved',
    reconciler: agentApprovalReconciler,
    object: question(yes),
    reads: live,
    want: { phase: 'Approved', because: 'Approved', effects: ['answer-permission/9:0'] },
  },
  {
    reason: 'was approved for an attempt of the same name that is gone',
    reconciler: agentApprovalReconciler,
    object: question(yes),
    reads: {
      ...live,
      attempt: anObject(AgentDispatchAttempt, {
        metadata: { name: 'fix-1', creationTimestamp: '2026-01-01T06:00:00Z' },
      }),
    },
    want: { phase: 'Approved', effects: [] },
  },
  {
    reason: 'was denied',
    reconciler: agentApprovalReconciler,
    object: question({ ...yes, decision: 'deny' }),
    reads: live,
    want: { phase: 'Denied', because: 'Denied', effects: ['answer-permission/9:0'] },
  },
  {
    reason: 'was delivered',
    reconciler: agentApprovalReconciler,
    object: question(yes),
    reads: live,
    effects: { 'answer-permission/9:0': ok() },
    want: { status: { deliveredAt: NOW }, effects: ['answer-permission/9:0'] },
  },
  {
    reason: 'is no question of an agent',
    reconciler: agentApprovalReconciler,
    object: question({ ...yes, action: 'write-back', actionDetail: {} }),
    reads: live,
    want: { phase: 'Approved', because: 'Approved' },
  },
  {
    reason: 'expired',
    reconciler: agentApprovalReconciler,
    object: question({ expiresAt: EARLIER }),
    reads: live,
    want: { phase: 'Expired', because: 'Expired' },
  },
  {
    reason: 'was decided before it expired',
    reconciler: agentApprovalReconciler,
    object: question({ ...yes, expiresAt: EARLIER }),
    reads: live,
    want: { phase: 'Approved', effects: ['answer-permission/9:0'] },
  },
  {
    reason: 'stays expired',
    reconciler: agentApprovalReconciler,
    object: question(yes, { phase: 'Expired' }),
    reads: live,
    want: {},
  },
  {
    reason: 'lost its run',
    reconciler: agentApprovalReconciler,
    object: question(),
    reads: { ...live, run: run('Cancelled') },
    want: { phase: 'Withdrawn', because: 'Withdrawn' },
  },
  {
    reason: 'lost its attempt',
    reconciler: agentApprovalReconciler,
    object: question(),
    reads: { ...live, attempt: attempt('Failed') },
    want: { phase: 'Withdrawn', because: 'Withdrawn' },
  },

  {
    reason: 'has no repository',
    reconciler: krateWorkspaceReconciler,
    object: workspace(),
    want: { phase: 'Pending', because: 'RepositoryMissing' },
  },
  {
    reason: 'is to be made',
    reconciler: krateWorkspaceReconciler,
    object: workspace(),
    reads: { repository },
    want: { phase: 'Provisioning', because: 'Provisioning', effects: ['prepare-workspace/prepare'] },
  },
  {
    reason: 'could not be made',
    reconciler: krateWorkspaceReconciler,
    object: workspace(),
    reads: { repository },
    effects: { 'prepare-workspace/prepare': failed },
    want: { phase: 'Failed', because: 'CheckoutFailed', status: { lastError: 'the disk is full' } },
  },
  {
    reason: 'is ready',
    reconciler: krateWorkspaceReconciler,
    object: workspace(),
    reads: { repository },
    effects: prepared,
    want: { phase: 'Ready', because: 'CheckedOut', status: { baseSha: 'a' } },
  },
  {
    reason: 'is in use',
    reconciler: krateWorkspaceReconciler,
    object: workspace({ runRef: 'fix' }),
    effects: prepared,
    want: { phase: 'InUse', because: 'CheckedOut', status: { claimedAt: NOW } },
  },
  {
    reason: 'was given back',
    reconciler: krateWorkspaceReconciler,
    object: workspace({}, { phase: 'InUse', claimedAt: EARLIER }),
    effects: prepared,
    want: { phase: 'Ready', status: { releasedAt: NOW } },
  },
  {
    reason: 'was given back to a policy that keeps nothing',
    reconciler: krateWorkspaceReconciler,
    object: workspace({}, { phase: 'InUse', claimedAt: EARLIER }),
    reads: { policy: policy(0) },
    effects: prepared,
    want: { phase: 'Archiving', effects: ['remove-workspace/archive'] },
  },
  {
    reason: 'is still kept',
    reconciler: krateWorkspaceReconciler,
    object: workspace({}, { phase: 'Ready', claimedAt: EARLIER, releasedAt: EARLIER }),
    reads: { policy: policy(13) },
    effects: prepared,
    want: { phase: 'Ready' },
  },
  {
    reason: 'is kept long enough',
    reconciler: krateWorkspaceReconciler,
    object: workspace({}, { phase: 'Ready', claimedAt: EARLIER, releasedAt: EARLIER }),
    reads: { policy: policy(12) },
    effects: prepared,
    want: { phase: 'Archiving', because: 'Archived', effects: ['remove-workspace/archive'] },
  },
  {
    reason: 'was removed',
    reconciler: krateWorkspaceReconciler,
    object: workspace({ archive: true }),
    effects: { ...prepared, 'remove-workspace/archive': ok() },
    want: { phase: 'Archived', because: 'Archived' },
  },
  {
    reason: 'is not archived under a run',
    reconciler: krateWorkspaceReconciler,
    object: workspace({ archive: true, runRef: 'fix' }),
    effects: prepared,
    want: { phase: 'InUse' },
  },
  {
    reason: 'is deleted',
    reconciler: krateWorkspaceReconciler,
    object: workspace({}, {}, { deletionTimestamp: EARLIER }),
    want: { effects: ['remove-workspace/remove'], done: false },
  },
  {
    reason: 'is gone',
    reconciler: krateWorkspaceReconciler,
    object: workspace({}, {}, { deletionTimestamp: EARLIER }),
    effects: { 'remove-workspace/remove': ok() },
    want: { done: true },
  },

  {
    reason: 'is to be stored',
    reconciler: krateArtifactReconciler,
    object: artifact(),
    reads: { attempt: attempt('Succeeded') },
    want: { phase: 'Storing', because: 'Storing', effects: ['store-artifact/store'] },
  },
  {
    reason: 'is stored',
    reconciler: krateArtifactReconciler,
    object: artifact(),
    effects: { 'store-artifact/store': ok() },
    want: { phase: 'Available', because: 'Available' },
  },
  {
    reason: 'could not be stored',
    reconciler: krateArtifactReconciler,
    object: artifact(),
    effects: { 'store-artifact/store': failed },
    want: { because: 'Failed' },
  },
  {
    reason: 'is deleted',
    reconciler: krateArtifactReconciler,
    object: artifact({}, { deletionTimestamp: EARLIER }),
    want: { effects: ['remove-streams/remove'], done: false },
  },

  {
    reason: 'is open',
    reconciler: agentSessionReconciler,
    object: session,
    reads: { attempt: attempt('Running') },
    want: { phase: 'Active', because: 'SessionBound', status: { agentName: 'opencode' } },
  },
  {
    reason: 'has ended',
    reconciler: agentSessionReconciler,
    object: session,
    reads: { attempt: attempt('Succeeded') },
    want: { phase: 'Completed', because: 'SessionEnded' },
  },
];

describe('what belongs to a run', () => {
  it.each(cases)('$reconciler.for.kind $reason', ({ reconciler, object, reads = {}, effects = {}, want }) => {
    const given: any = { object, reads, effects };
    const result = reconcileOnce(reconciler, given);
    expect(result.status ?? {}).toMatchObject({ ...(want.phase && { phase: want.phase }), ...want.status });
    expect((result.conditions ?? []).map(({ reason }: { reason: string }) => reason)).toEqual(
      expect.arrayContaining(want.because ? [want.because] : []),
    );
    expect((result.effects ?? []).map(({ name, key }) => `${name}/${key}`)).toEqual(want.effects ?? []);
    expect(result.done).toBe(want.done);
    if (!object.metadata.deletionTimestamp) expectReconcilerLaws(reconciler, given);
  });
});
