import { AgentApproval, decideAgentApproval, listAgentApprovals } from '@krate/plugin-agents-common';
import { facadeRoute, FacadeRoute, principalName } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';

/** The questions that runs wait on. */
export const approvalRoutes: readonly FacadeRoute[] = [
  facadeRoute(listAgentApprovals, async (context, { query: { phase, ...page } }) => {
    const fieldSelector = phase ? `status.phase=${phase}` : '';
    return { status: 200, body: await context.list(AgentApproval, { ...page, fieldSelector }) };
  }),

  facadeRoute(decideAgentApproval, async (context, { params: { name }, body }) => {
    const { decision, approvedActionSubset, expectedArtifactDigest, decidedBy } = body;
    if (decidedBy !== undefined && decidedBy !== principalName(context.principal)) {
      const message = 'You decide as yourself: leave it out';
      throw refused('Invalid', 'DECIDER_IS_CALLER', message, 'decidedBy');
    }
    const approval = await context.read(AgentApproval, name);
    const { expectedArtifactDigest: digest } = approval.spec;
    if (expectedArtifactDigest !== undefined && expectedArtifactDigest !== digest) {
      const message = `The question is about ${digest ?? 'no artifact'} now: look at it again`;
      throw refused('Conflict', 'ARTIFACT_CHANGED', message, 'expectedArtifactDigest');
    }
    const comment = body.comment ?? body.reason;
    await context.client.patch(
      AgentApproval,
      { namespace: context.namespace, name },
      {
        spec: {
          decision,
          ...(comment === undefined ? {} : { comment }),
          ...(approvedActionSubset === undefined ? {} : { approvedActionSubset }),
        },
      },
    );
    return { status: 200, body: { decided: true, decision, approvalName: name } };
  }),
];

function refused(reason: 'Invalid' | 'Conflict', code: string, message: string, field: string): ApiError {
  return new ApiError(reason, message, { causes: [{ reason: code, message, field }] });
}
