import type { AgentDispatchRun } from '@krate/plugin-agents-common';
import { AgentApproval } from '@krate/plugin-agents-common';
import { permissionReview } from '../../review/permissionReview';
import { met, undecided, unmet } from '../conditions';
import { answerOf, inMinutes, secondsLeft } from './answerOf';
import { failed } from './ending';
import { approvalNotice } from './notices';
import { approvalNamed, launchApprovalOf, partsOf, RunContext, RunResult } from './RunContext';

const DEFAULT_EXPIRY_MINUTES = 1440;
/** Reasons of their own for what is not there at all. */
const MISSING: Readonly<Record<string, 'StackMissing' | 'RepositoryMissing' | undefined>> = {
  stack: 'StackMissing',
  repository: 'RepositoryMissing',
};

/** Pending: the review is made once and frozen; it leads to the queue, to a question, or to the end. */
export function reviewRun(ctx: RunContext, run: AgentDispatchRun): RunResult {
  const parts = partsOf(ctx, run);
  const review = permissionReview(parts);
  const status = { permissionReview: review, runnerPool: parts.runnerPool?.metadata.name ?? null };
  const ahead = [
    undecided('WorkspaceResolved', 'Preparing', 'No workspace yet'),
    undecided('Isolated', 'NotStarted', 'The agent was not started yet'),
    undecided('ArtifactsIndexed', 'Pending', 'Nothing was produced yet'),
    undecided('WrittenBack', 'Pending', 'Nothing was written back yet'),
  ];
  if (review.decision === 'denied') {
    const denials = review.checks.filter(({ outcome }) => outcome === 'denied');
    const message = denials.map(denial => denial.message).join('; ');
    const reason = MISSING[denials[0]?.rule ?? ''] ?? 'Denied';
    const conditions = [
      unmet('PermissionReviewed', reason, message),
      unmet('ApprovalSatisfied', 'NotRequired', 'Denied before'),
      ...ahead,
    ];
    return failed(ctx, run, { code: codeOf(message, reason), message }, { status, conditions });
  }
  if (review.decision === 'requires-approval') return park(ctx, run, { status, ahead, review });
  return {
    status: { ...status, phase: 'Queued', queuedAt: ctx.now.toISOString() },
    conditions: [
      met('PermissionReviewed', 'Allowed', 'Every check allows it'),
      met('ApprovalSatisfied', 'NotRequired', 'No approval is needed to start'),
      ...ahead,
      unmet('Complete', 'InProgress', 'Waits for a place in the pool'),
    ],
    events: [{ type: 'Normal', reason: 'Queued', message: 'The permission review allows it' }],
  };
}

function codeOf(message: string, reason: string): string {
  if (reason === 'StackMissing') return 'stack-not-found';
  return message.startsWith('CROSS_ORG_REF_DENIED') ? 'CROSS_ORG_REF_DENIED' : 'permission-denied';
}

interface Reviewed {
  status: NonNullable<RunResult['status']>;
  ahead: NonNullable<RunResult['conditions']>;
  review: ReturnType<typeof permissionReview>;
}

function park(ctx: RunContext, run: AgentDispatchRun, { status, ahead, review }: Reviewed): RunResult {
  const name = launchApprovalOf(run);
  const reasons = review.checks
    .filter(({ outcome }) => outcome === 'requires-approval')
    .map(({ message }) => message);
  const { workspacePolicy } = partsOf(ctx, run);
  const spec = {
    dispatchRun: run.metadata.name,
    action: 'escalation' as const,
    actionDetail: {
      type: 'launch',
      target: run.spec.repository,
      summary: `Start ${run.spec.agentStack} on ${run.spec.repository}`,
    },
    requestedBy: { kind: 'AgentStack', name: run.spec.agentStack },
    policyReasons: reasons,
    expiresAt: inMinutes(workspacePolicy?.spec.approvalExpiryMinutes ?? DEFAULT_EXPIRY_MINUTES, ctx.now),
  };
  return {
    status: { ...status, phase: 'AwaitingApproval', awaitingSince: ctx.now.toISOString(), approvals: [name] },
    conditions: [
      met('PermissionReviewed', 'RequiresApproval', reasons.join('; ')),
      unmet('ApprovalSatisfied', 'Waiting', 'Waits for an approval to start'),
      ...ahead,
      unmet('Complete', 'InProgress', 'Waits for an approval to start'),
    ],
    apply: [{ kind: AgentApproval, object: { metadata: { name }, spec } as never }],
    effects: [approvalNotice(run.metadata, spec, name)],
    events: [{ type: 'Normal', reason: 'AwaitingApproval', message: reasons.join('; ') }],
  };
}

/** AwaitingApproval before the launch: a decision leads to the queue or to the end. */
export function awaitLaunch(ctx: RunContext, run: AgentDispatchRun): RunResult {
  const approval = approvalNamed(ctx, run, launchApprovalOf(run));
  if (!approval)
    return failed(ctx, run, {
      code: 'approval-withdrawn',
      message: 'The question whether it may start was deleted',
    });
  const { decidedBy, comment } = approval.spec;
  switch (answerOf(approval, ctx.now)) {
    case 'approved':
      return {
        status: { phase: 'Queued', queuedAt: ctx.now.toISOString(), awaitingSince: null },
        conditions: [
          met('ApprovalSatisfied', 'Approved', `Approved by ${decidedBy}`),
          unmet('Complete', 'InProgress', 'Waits for a place in the pool'),
        ],
        events: [{ type: 'Normal', reason: 'Approved', message: `The start was approved by ${decidedBy}` }],
      };
    case 'denied': {
      const message = `The start was denied by ${decidedBy}${comment ? `: ${comment}` : ''}`;
      return failed(
        ctx,
        run,
        { code: 'approval-denied', message },
        { conditions: [unmet('ApprovalSatisfied', 'Denied', message)] },
      );
    }
    case 'expired': {
      const message = 'Nobody decided in time whether it may start';
      return failed(
        ctx,
        run,
        { code: 'approval-expired', message, retryable: true },
        { conditions: [unmet('ApprovalSatisfied', 'Expired', message)] },
      );
    }
    default:
      return { requeueAfter: secondsLeft(approval, ctx.now) };
  }
}
