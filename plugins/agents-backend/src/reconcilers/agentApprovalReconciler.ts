import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentApproval, AgentDispatchAttempt, AgentDispatchRun } from '@krate/plugin-agents-common';
import { met, undecided, unmet } from './conditions';
import { answerOf, isOlder, secondsLeft } from './run/answerOf';
import { isTerminal } from './run/RunContext';

/** Says how a question stands, and brings the answer to the agent that waits for it. */
export const agentApprovalReconciler = defineReconciler({
  for: AgentApproval,
  reads: {
    run: reads.ref(AgentDispatchRun, 'spec.dispatchRun'),
    attempt: reads.ref(AgentDispatchAttempt, 'spec.attempt'),
  },

  reconcile(ctx, approval): Result<typeof AgentApproval> {
    const { decidedBy, actionDetail } = approval.spec;
    if (approval.status?.phase === 'Expired' || approval.status?.phase === 'Withdrawn') return {};
    const answer = answerOf(approval, ctx.now);
    if (answer === 'waiting') {
      const over =
        !ctx.run ||
        isTerminal(ctx.run.status?.phase) ||
        (approval.spec.action === 'tool-use' && attemptIsOver(ctx.attempt));
      if (over)
        return {
          status: { phase: 'Withdrawn' },
          conditions: [unmet('Decided', 'Withdrawn', 'The run ended before anybody decided')],
        };
      return {
        status: { phase: 'Pending' },
        conditions: [
          undecided('Decided', 'Waiting', `Waits for a decision until ${approval.spec.expiresAt}`),
        ],
        requeueAfter: secondsLeft(approval, ctx.now),
      };
    }
    if (answer === 'expired')
      return {
        status: { phase: 'Expired' },
        conditions: [unmet('Decided', 'Expired', 'Nobody decided in time')],
      };

    const decided =
      answer === 'approved'
        ? { phase: 'Approved' as const, condition: met('Decided', 'Approved', `Approved by ${decidedBy}`) }
        : { phase: 'Denied' as const, condition: unmet('Decided', 'Denied', `Denied by ${decidedBy}`) };
    const { requestId } = actionDetail;
    const delivery = requestId === undefined ? undefined : ctx.effects[`answer-permission/${requestId}`];
    const input = {
      attemptUid: ctx.attempt?.metadata.uid,
      requestId,
      decision: answer === 'approved' ? 'allow_once' : 'reject_once',
      by: decidedBy,
    };
    return {
      status: {
        phase: decided.phase,
        ...(delivery?.state === 'Succeeded' && { deliveredAt: delivery.finishedAt }),
      },
      conditions: [decided.condition],
      effects:
        requestId !== undefined && ctx.attempt && !isOlder(approval, ctx.attempt)
          ? [{ name: 'answer-permission', key: requestId, input }]
          : [],
      events:
        approval.status?.phase === decided.phase
          ? []
          : [{ type: 'Normal', reason: decided.phase, message: `By ${decidedBy}` }],
    };
  },
});

function attemptIsOver(attempt: AgentDispatchAttempt | undefined): boolean {
  return !attempt || ['Succeeded', 'Failed', 'Cancelled'].includes(attempt.status?.phase ?? '');
}
