import { AgentApproval, AgentDispatchAttempt, AgentDispatchRun } from '@krate/plugin-agents-common';
import { anApproval, anAttempt, aRun, condition } from '../__testUtils__/objects';
import { timelineOf } from './timelineOf';

const shown = (run: AgentDispatchRun, attempt?: AgentDispatchAttempt, approvals: AgentApproval[] = []) =>
  Object.fromEntries(timelineOf({ run, attempt, approvals }).map(({ name, state }) => [name, state]));

const allowed = condition('PermissionReviewed', 'True', 'Allowed');
const notRequired = condition('ApprovalSatisfied', 'True', 'NotRequired');
const ready = condition('WorkspaceResolved', 'True', 'Ready');

describe('timelineOf', () => {
  it.each<{
    reason: string;
    run: AgentDispatchRun;
    attempt?: AgentDispatchAttempt;
    approvals?: AgentApproval[];
    want: Record<string, string>;
  }>([
    {
      reason: 'a new run is under review',
      run: aRun({ phase: 'Pending' }),
      want: { review: 'active', approval: 'ahead', 'pull-request': 'ahead' },
    },
    {
      reason: 'a denied review ends it; nothing after was reached',
      run: aRun({ phase: 'Failed', conditions: [condition('PermissionReviewed', 'False', 'Denied')] }),
      want: { review: 'failed', workspace: 'skipped', agent: 'skipped', 'pull-request': 'skipped' },
    },
    {
      reason: 'parked before the launch, it waits for an approval',
      run: aRun({
        phase: 'AwaitingApproval',
        conditions: [
          condition('PermissionReviewed', 'True', 'RequiresApproval'),
          condition('ApprovalSatisfied', 'False', 'Waiting'),
        ],
      }),
      approvals: [anApproval({ action: 'escalation' })],
      want: { review: 'done', approval: 'waiting', workspace: 'ahead', agent: 'ahead' },
    },
    {
      reason: 'an approval names who gave it',
      run: aRun({
        phase: 'Pending',
        conditions: [condition('PermissionReviewed', 'True', 'RequiresApproval')],
      }),
      approvals: [anApproval({ action: 'escalation', decision: 'approve', decidedBy: 'bob' })],
      want: { approval: 'done', workspace: 'active' },
    },
    {
      reason: 'a workspace is being prepared',
      run: aRun({
        phase: 'Pending',
        conditions: [allowed, notRequired, condition('WorkspaceResolved', 'False', 'Preparing')],
      }),
      want: { approval: 'skipped', workspace: 'active', launch: 'ahead' },
    },
    {
      reason: 'a queued run waits for a place',
      run: aRun({ phase: 'Queued', queuePosition: 2, conditions: [allowed, notRequired, ready] }),
      want: { workspace: 'done', launch: 'waiting', agent: 'ahead' },
    },
    {
      reason: 'a running agent is the one active step',
      run: aRun({ phase: 'Running', conditions: [allowed, notRequired, ready] }),
      attempt: anAttempt({ phase: 'Running', startedAt: '2026-11-20T12:00:00Z' }),
      want: { launch: 'done', agent: 'active', artifact: 'ahead' },
    },
    {
      reason: 'a question parks the agent, not the approval before its launch',
      run: aRun({
        phase: 'AwaitingApproval',
        conditions: [allowed, condition('ApprovalSatisfied', 'False', 'Waiting'), ready],
      }),
      attempt: anAttempt({ phase: 'Parked', startedAt: '2026-11-20T12:00:00Z' }),
      approvals: [anApproval({ action: 'tool-use', attempt: 'fix-1-1' })],
      want: { approval: 'skipped', launch: 'done', agent: 'waiting' },
    },
    {
      reason: 'a launch that isolation refuses is a failed launch',
      run: aRun({ phase: 'Failed', conditions: [allowed, notRequired, ready] }),
      attempt: anAttempt({
        phase: 'Failed',
        conditions: [condition('Launched', 'False', 'IsolationRefused')],
      }),
      want: { launch: 'failed', 'write-back': 'skipped' },
    },
    {
      reason: 'a write-back waits for its approval',
      run: aRun({
        phase: 'AwaitingApproval',
        conditions: [
          allowed,
          notRequired,
          ready,
          condition('ArtifactsIndexed', 'True', 'Indexed'),
          condition('WrittenBack', 'False', 'Waiting'),
        ],
      }),
      attempt: anAttempt({
        phase: 'Succeeded',
        startedAt: '2026-11-20T12:00:00Z',
        completedAt: '2026-11-20T12:01:00Z',
      }),
      want: { agent: 'done', artifact: 'done', 'write-back': 'waiting', 'pull-request': 'ahead' },
    },
    {
      reason: 'a pull request is the end',
      run: aRun({
        phase: 'Completed',
        pullRequest: 'till-1',
        conditions: [
          allowed,
          notRequired,
          ready,
          condition('ArtifactsIndexed', 'True', 'Indexed'),
          condition('WrittenBack', 'True', 'PullRequestOpened'),
        ],
      }),
      attempt: anAttempt({
        phase: 'Succeeded',
        startedAt: '2026-11-20T12:00:00Z',
        completedAt: '2026-11-20T12:01:00Z',
      }),
      want: {
        review: 'done',
        approval: 'skipped',
        workspace: 'done',
        launch: 'done',
        agent: 'done',
        artifact: 'done',
        'write-back': 'done',
        'pull-request': 'done',
      },
    },
    {
      reason: 'no change, no pull request',
      run: aRun({
        phase: 'Completed',
        conditions: [
          allowed,
          notRequired,
          ready,
          condition('ArtifactsIndexed', 'True', 'NoChanges'),
          condition('WrittenBack', 'True', 'NothingToWrite'),
        ],
      }),
      attempt: anAttempt({ phase: 'Succeeded', startedAt: '2026-11-20T12:00:00Z' }),
      want: { artifact: 'done', 'write-back': 'skipped', 'pull-request': 'skipped' },
    },
    {
      reason: 'a cancelled run waits for nothing any more',
      run: aRun({
        phase: 'Cancelled',
        conditions: [allowed, condition('ApprovalSatisfied', 'False', 'Waiting')],
      }),
      want: { review: 'done', approval: 'skipped', agent: 'skipped' },
    },
  ])('$reason', ({ run, attempt, approvals, want }) => {
    expect(shown(run, attempt, approvals)).toMatchObject(want);
  });

  it('says what a parked agent asks', () => {
    const attempt = anAttempt({ phase: 'Parked', startedAt: '2026-11-20T12:00:00Z' });
    const step = timelineOf({
      run: aRun({ phase: 'AwaitingApproval' }),
      attempt,
      approvals: [anApproval({ attempt: 'fix-1-1' })],
    }).find(({ name }) => name === 'agent');
    expect(step?.detail).toBe('Parked: Run `node --test`');
  });
});
