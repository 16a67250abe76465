import { anObject, expectReconcilerLaws, reconcileOnce, SOME_TIME } from '@krate/controller-runtime/testkit';
import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  KrateWorkspace,
} from '@krate/plugin-agents-common';
import { agentDispatchAttemptReconciler as reconciler } from './agentDispatchAttemptReconciler';

const ASKED = Date.parse('2026-01-01T11:30:00Z');
const EARLIER = '2026-01-01T00:00:00Z';
const attempt = (status: object = {}, spec: object = {}, metadata: object = {}) =>
  anObject(AgentDispatchAttempt, {
    metadata: { name: 'fix-1', ...metadata },
    spec: {
      agentDispatchRun: 'fix',
      agentStackSnapshot: { name: 'fixer', generation: 1, digest: 'd' },
      launch: { approvalExpiryMinutes: 60 },
      cancel: false,
      ...spec,
    } as never,
    status: status as never,
  });
const run = anObject(AgentDispatchRun, {
  metadata: { name: 'fix' },
  spec: { repository: 'web', agentStack: 'fixer' },
});
const workspace = anObject(KrateWorkspace, {
  metadata: { name: 'fix' },
  spec: { repository: 'web' },
  status: { baseSha: 'a'.repeat(40) },
});
const question = {
  number: 0,
  requestId: '9:0',
  toolCallId: 'c',
  kind: 'execute',
  target: 'npm test',
  summary: 'Run `npm test`',
  reasons: ['asked'],
  askedAt: ASKED,
};
const approval = (spec: object = {}) =>
  anObject(AgentApproval, {
    metadata: { name: 'fix-1-tool-0' },
    spec: { dispatchRun: 'fix', action: 'tool-use', expiresAt: '2026-01-01T12:30:00Z', ...spec } as never,
  });
const isolation = { mechanism: 'bubblewrap', enforced: [], notEnforced: [] };
const progress = (questions: object[] = [], more: object = {}) => ({
  node: 'here',
  startedAt: EARLIER,
  isolation,
  questions,
  ...more,
});
const agent = (state: string, more: object = {}) => ({
  'agent-process/agent': { state, attempts: 1, ...more },
});
const ended = (outcome: string, reason: string, more: object = {}) =>
  agent('Succeeded', { result: { outcome, reason, message: 'why', ...more } });
const patch = { baseSha: 'a', headSha: 'b', digest: 'sha256:d', size: 3, commits: 1, files: [] };

interface Case {
  reason: string;
  object: AgentDispatchAttempt;
  reads?: object;
  effects?: Record<string, any>;
  want: {
    status?: object;
    reasons?: Record<string, string>;
    effects?: string[];
    apply?: string[];
    done?: boolean;
  };
}
const cases: Case[] = [
  {
    reason: 'the workspace is not ready',
    object: attempt(),
    reads: { workspace: undefined },
    want: { status: { phase: 'Pending' }, reasons: { Launched: 'Waiting' } },
  },
  {
    reason: 'everything is ready',
    object: attempt(),
    want: { status: { phase: 'Starting' }, effects: ['agent-process/agent'] },
  },
  {
    reason: 'it is cancelled before the start',
    object: attempt({}, { cancel: true }),
    want: { status: { phase: 'Cancelled' }, reasons: { Complete: 'Cancelled' } },
  },
  {
    reason: 'the agent works',
    object: attempt({ phase: 'Starting' }),
    effects: agent('Running', { progress: progress([], { sessionId: 's', agentName: 'opencode' }) }),
    want: {
      status: { phase: 'Running', node: 'here', sessionId: 's', agentName: 'opencode' },
      reasons: { Launched: 'Running', Complete: 'InProgress' },
      apply: ['AgentSession/fix-1'],
    },
  },
  {
    reason: 'the agent uses tokens',
    object: attempt({ phase: 'Running' }),
    effects: agent('Running', {
      progress: progress([], { usage: { inputTokens: 5, outputTokens: 2, costUsd: 0.1 } }),
    }),
    want: { status: { inputTokens: 5, outputTokens: 2, costUsd: 0.1 } },
  },
  {
    reason: 'the agent asks',
    object: attempt({ phase: 'Running' }),
    effects: agent('Running', { progress: progress([question]) }),
    want: {
      status: { phase: 'Parked' },
      apply: ['AgentApproval/fix-1-tool-0'],
      effects: ['notify/fix-1-tool-0'],
    },
  },
  {
    reason: 'it was asked before',
    object: attempt({ phase: 'Parked' }),
    reads: { approvals: [approval()] },
    effects: agent('Running', { progress: progress([question]) }),
    want: { status: { phase: 'Parked' } },
  },
  {
    reason: 'the answer is on its way',
    object: attempt({ phase: 'Parked' }),
    reads: { approvals: [approval({ decision: 'approve' })] },
    effects: agent('Running', { progress: progress([question]) }),
    want: { status: { phase: 'Running' } },
  },
  {
    reason: 'nobody answered in time',
    object: attempt({ phase: 'Parked' }),
    reads: { approvals: [approval({ expiresAt: EARLIER })] },
    effects: agent('Running', { progress: progress([question]) }),
    want: { effects: ['agent-process/agent!'] },
  },
  {
    reason: 'a person cancels',
    object: attempt({ phase: 'Running' }, { cancel: true }),
    effects: agent('Running', { progress: progress() }),
    want: { effects: ['agent-process/agent!'] },
  },

  {
    reason: 'it finished with changes',
    object: attempt({ phase: 'Running' }),
    effects: ended('Succeeded', 'Succeeded', { patch, transcript: { length: 9, digest: 'sha256:t' } }),
    want: {
      status: {
        phase: 'Succeeded',
        producedArtifacts: ['fix-1-patch'],
        transcript: { stream: 'transcript', length: 9, digest: 'sha256:t' },
      },
      reasons: { Complete: 'Succeeded', Launched: 'Ended' },
      apply: ['KrateArtifact/fix-1-patch'],
    },
  },
  {
    reason: 'it finished without changes',
    object: attempt({ phase: 'Running' }),
    effects: ended('Succeeded', 'Succeeded'),
    want: { status: { phase: 'Succeeded', producedArtifacts: [] }, reasons: { Complete: 'Succeeded' } },
  },
  ...['DeadlineExceeded', 'OutputLimit', 'BudgetExceeded', 'AgentCrashed', 'Failed'].map(reason => ({
    reason: `it failed: ${reason}`,
    object: attempt({ phase: 'Running' }),
    effects: ended('Failed', reason),
    want: { status: { phase: 'Failed', exitMessage: 'why' }, reasons: { Complete: reason } },
  })),
  {
    reason: 'it failed by its deadline, in the words of error codes',
    object: attempt(),
    effects: ended('Failed', 'DeadlineExceeded'),
    want: { status: { exitReason: 'deadline-exceeded' } },
  },
  {
    reason: 'it was cancelled',
    object: attempt({}, { cancel: true }),
    effects: ended('Cancelled', 'Cancelled'),
    want: { status: { phase: 'Cancelled' }, reasons: { Complete: 'Cancelled' } },
  },
  {
    reason: 'it was ended since nobody answered',
    object: attempt(),
    reads: { approvals: [approval({ expiresAt: EARLIER })] },
    effects: ended('Cancelled', 'Cancelled'),
    want: {
      status: { phase: 'Failed', exitReason: 'approval-expired' },
      reasons: { Complete: 'ApprovalExpired' },
    },
  },
  {
    reason: 'isolation was required',
    object: attempt(),
    effects: agent('Failed', { error: { code: 'ISOLATION_REQUIRED', message: 'm', retryable: false } }),
    want: {
      status: { phase: 'Failed', exitReason: 'isolation-refused' },
      reasons: { Launched: 'IsolationRefused', Complete: 'Failed' },
    },
  },
  {
    reason: 'it could not be started',
    object: attempt(),
    effects: agent('Failed', { error: { code: 'LAUNCH_FAILED', message: 'm', retryable: false } }),
    want: { status: { phase: 'Failed', exitReason: 'launch-failed' }, reasons: { Launched: 'LaunchFailed' } },
  },
  {
    reason: 'it was cancelled before it ran',
    object: attempt(),
    effects: agent('Cancelled'),
    want: { status: { phase: 'Cancelled' } },
  },
  { reason: 'it is over', object: attempt({ phase: 'Succeeded' }), want: {} },

  {
    reason: 'it is deleted while it works',
    object: attempt({}, {}, { deletionTimestamp: EARLIER }),
    effects: agent('Running'),
    want: { effects: ['agent-process/agent!'], done: false },
  },
  {
    reason: 'it is deleted: its files go',
    object: attempt({}, {}, { deletionTimestamp: EARLIER }),
    effects: agent('Cancelled'),
    want: { effects: ['remove-run-directory/remove'], done: false },
  },
  {
    reason: 'it is deleted: nothing is left',
    object: attempt({}, {}, { deletionTimestamp: EARLIER }),
    effects: { 'remove-run-directory/remove': { state: 'Succeeded', attempts: 1 } },
    want: { done: true },
  },
];

describe('agentDispatchAttemptReconciler', () => {
  it.each(cases)('$reason', ({ object, reads = {}, effects = {}, want }) => {
    const given: any = { object, reads: { run, workspace, ...reads }, effects };
    const result = reconcileOnce(reconciler, given);
    expect(result.status ?? {}).toMatchObject(want.status ?? {});
    expect(
      Object.fromEntries((result.conditions ?? []).map(({ type, reason }) => [type, reason])),
    ).toMatchObject(want.reasons ?? {});
    expect(
      (result.effects ?? []).map(({ name, key, cancel }) => `${name}/${key}${cancel ? '!' : ''}`),
    ).toEqual(want.effects ?? []);
    expect(
      (result.apply ?? []).map(({ kind, object: child }) => `${kind.kind}/${child.metadata.name}`),
    ).toEqual(want.apply ?? []);
    expect(result.done).toBe(want.done);
    if (!object.metadata.deletionTimestamp) expectReconcilerLaws(reconciler, given);
  });

  it('lets a question expire from when it was asked, not from when it was seen', () => {
    const given: any = {
      object: attempt({ phase: 'Running' }),
      reads: { run, workspace },
      effects: agent('Running', { progress: progress([question]) }),
      now: SOME_TIME,
    };
    const [asked] = reconcileOnce(reconciler, given).apply!;
    expect(asked!.object.spec).toMatchObject({
      expiresAt: '2026-01-01T12:30:00.000Z',
      actionDetail: { requestId: '9:0', target: 'npm test' },
      policyReasons: ['asked'],
    });
  });
});
