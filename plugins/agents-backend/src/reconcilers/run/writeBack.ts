import type { AgentDispatchAttempt, AgentDispatchRun, KrateArtifact } from '@krate/plugin-agents-common';
import { AgentApproval } from '@krate/plugin-agents-common';
import { met, unmet } from '../conditions';
import { answerOf, inMinutes, secondsLeft } from './answerOf';
import { completed, failed } from './ending';
import { approvalNotice } from './notices';
import { approvalNamed, branchOf, RunContext, RunResult, writeBackApprovalOf } from './RunContext';

interface Work {
  attempt: AgentDispatchAttempt;
  patch?: KrateArtifact;
  seen: RunResult;
}
type Proposal = Work & { patch: KrateArtifact };

/** The work is done and stored: ask whether it may be proposed, push it to a branch, open the pull request. */
export function writeBack(ctx: RunContext, run: AgentDispatchRun, work: Work): RunResult {
  const { patch, attempt, seen } = work;
  const nothing = whyNothing(run, work);
  if (nothing !== undefined || !patch) {
    const message = nothing ?? '';
    return completed(ctx, run, message, {
      ...seen,
      conditions: [...seen.conditions!, met('WrittenBack', 'NothingToWrite', message)],
    });
  }
  if (!attempt.spec.launch.writeBack.requireApproval)
    return propose(ctx, run, { ...work, patch }, 'the write-back policy');

  const approval = approvalNamed(ctx, run, writeBackApprovalOf(run));
  if (!approval) return ask(ctx, run, { ...work, patch });
  switch (answerOf(approval, ctx.now)) {
    case 'approved':
      return propose(ctx, run, { ...work, patch }, approval.spec.decidedBy ?? 'a person', approval);
    case 'denied':
      return refused(
        ctx,
        run,
        work,
        'write-back-denied',
        `The write-back was denied by ${approval.spec.decidedBy}`,
      );
    case 'expired':
      return refused(
        ctx,
        run,
        work,
        'approval-expired',
        'Nobody decided in time whether the changes may be proposed',
      );
    default:
      return { ...waiting(ctx, run, work), requeueAfter: secondsLeft(approval, ctx.now) };
  }
}

/** Why there is nothing to propose; undefined when there is. */
function whyNothing(run: AgentDispatchRun, { patch, attempt }: Work): string | undefined {
  if (!patch) return 'The agent changed nothing';
  if (!attempt.spec.launch.writeBack.allowed)
    return 'Its changes are kept as an artifact; the permission review lets it propose none';
  if (run.spec.ref.startsWith('refs/heads/')) return undefined;
  return 'Its changes are kept as an artifact: it did not start from a branch that they could go to';
}

function refused(
  ctx: RunContext,
  run: AgentDispatchRun,
  { seen }: Work,
  code: string,
  message: string,
): RunResult {
  const kept = `${message}. The changes are kept as an artifact`;
  return failed(
    ctx,
    run,
    { code, message: kept },
    { ...seen, conditions: [...seen.conditions!, unmet('WrittenBack', 'Denied', kept)] },
  );
}

function waiting(ctx: RunContext, run: AgentDispatchRun, { seen }: Work): RunResult {
  const message = 'Waits for an approval to propose the changes';
  return {
    ...seen,
    status: {
      ...seen.status,
      phase: 'AwaitingApproval',
      awaitingSince: run.status?.awaitingSince ?? ctx.now.toISOString(),
    },
    conditions: [
      ...seen.conditions!.filter(({ type }) => type !== 'ApprovalSatisfied'),
      unmet('ApprovalSatisfied', 'Waiting', message),
      unmet('WrittenBack', 'Waiting', message),
      unmet('Complete', 'InProgress', message),
    ],
  };
}

function ask(ctx: RunContext, run: AgentDispatchRun, work: Proposal): RunResult {
  const name = writeBackApprovalOf(run);
  const { patch, attempt } = work;
  const files = patch.spec.patch?.files.length ?? 0;
  const spec = {
    dispatchRun: run.metadata.name,
    attempt: attempt.metadata.name,
    action: 'write-back' as const,
    actionDetail: {
      type: 'pull-request',
      target: run.spec.ref,
      summary: `Open a pull request to ${run.spec.ref.replace('refs/heads/', '')} that changes ${files} ${files === 1 ? 'file' : 'files'}`,
    },
    requestedBy: { kind: 'AgentStack', name: run.spec.agentStack },
    policyReasons: ['The stack’s write-back policy asks for an approval'],
    artifactRefs: [patch.metadata.name],
    expectedArtifactDigest: patch.spec.digest,
    expiresAt: inMinutes(attempt.spec.launch.approvalExpiryMinutes, ctx.now),
  };
  return {
    ...waiting(ctx, run, work),
    apply: [{ kind: AgentApproval, object: { metadata: { name }, spec } as never }],
    effects: [approvalNotice(run.metadata, spec, name)],
    events: ctx.effects[`notify/${name}`]
      ? []
      : [{ type: 'Normal', reason: 'AwaitingApproval', message: spec.actionDetail.summary }],
  };
}

/** Two effects, one after the other, each keyed by what was approved: a second approval of the same does nothing. */
function propose(
  ctx: RunContext,
  run: AgentDispatchRun,
  work: Proposal,
  approvedBy: string,
  approval?: AgentApproval,
): RunResult {
  const { patch, attempt, seen } = work;
  const key = approval?.metadata.uid ?? 'policy';
  const digest = approval?.spec.expectedArtifactDigest ?? patch.spec.digest;
  const { name, namespace, uid } = run.metadata;
  const branch = branchOf(run);
  const shared = { namespace, repository: run.spec.repository, branch, run: name, runUid: uid, digest };
  const push = {
    name: 'push-branch',
    key,
    input: {
      ...shared,
      attemptUid: attempt.metadata.uid,
      sha: patch.spec.patch!.headSha,
      baseSha: patch.spec.patch!.baseSha,
    },
  };
  const pushed = ctx.effects[`push-branch/${key}`];
  const open = {
    name: 'open-pull-request',
    key,
    input: {
      ...shared,
      targetRef: run.spec.ref,
      stack: run.spec.agentStack,
      task: run.spec.task,
      approvedBy,
      requestedBy: run.spec.requestedBy,
    },
  };
  const opened = ctx.effects[`open-pull-request/${key}`];
  const broken = [pushed, opened].find(effect => effect?.state === 'Failed' || effect?.state === 'Cancelled');
  if (broken) {
    const message = broken.error?.message ?? 'The write-back was ended';
    return failed(
      ctx,
      run,
      { code: broken.error?.code ?? 'write-back-failed', message },
      { ...seen, conditions: [...seen.conditions!, unmet('WrittenBack', 'Failed', message)] },
    );
  }
  if (opened?.state === 'Succeeded') {
    const { pullRequest } = opened.result as { pullRequest: string };
    const more = {
      ...seen,
      status: { ...seen.status, pullRequest, branch },
      conditions: [...seen.conditions!, met('WrittenBack', 'PullRequestOpened', pullRequest)],
    };
    return completed(ctx, run, `Opened ${pullRequest}, approved by ${approvedBy}`, more);
  }
  return {
    ...seen,
    status: { ...seen.status, phase: 'Running', awaitingSince: null },
    conditions: [
      ...seen.conditions!,
      unmet('WrittenBack', 'Pending', 'The changes are being proposed'),
      unmet('Complete', 'InProgress', 'The changes are being proposed'),
    ],
    effects: pushed?.state === 'Succeeded' ? [push, open] : [push],
  };
}
