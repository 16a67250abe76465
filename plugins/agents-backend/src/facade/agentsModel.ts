import { AgentApproval, AgentDispatchRun, AgentStack, AgentTriggerRule } from '@krate/plugin-agents-common';
import { OrganizationContext } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { ApiError, Kind } from '@krate/resource-model';
import { isTerminal } from '../reconcilers/run/RunContext';

/** The agents' part of the controller model. What the caller may not list counts as nothing. */
export async function agentsModel(context: OrganizationContext) {
  const [stacks, runs, approvals, rules, repositories] = await Promise.all([
    listed(context, AgentStack),
    listed(context, AgentDispatchRun),
    listed(context, AgentApproval),
    listed(context, AgentTriggerRule),
    listed(context, Repository),
  ]);
  const isReady = (stack: AgentStack) =>
    stack.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  const active = runs.filter(run => !isTerminal(run.status?.phase));
  const pending = approvals.filter(approval => (approval.status?.phase ?? 'Pending') === 'Pending');
  const missing = active.flatMap(({ metadata, status }) =>
    (status?.permissionReview?.missingGrants ?? []).map(grant => ({ run: metadata.name, ...grant })),
  );
  const readyStacks = stacks.filter(isReady).map(({ metadata }) => metadata.name);
  return {
    parts: {
      agents: {
        stacks: { total: stacks.length, ready: readyStacks.length },
        runs: { total: runs.length, active: active.length },
        rules: { total: rules.length },
        approvals: { total: approvals.length, pending: pending.length },
      },
    },
    views: {
      agents: {
        activeRuns: active.map(({ metadata, spec, status }) => ({
          name: metadata.name,
          repository: spec.repository,
          agentStack: spec.agentStack,
          phase: status?.phase ?? 'Pending',
        })),
        pendingApprovals: pending.map(({ metadata, spec }) => ({
          name: metadata.name,
          run: spec.dispatchRun,
          action: spec.action,
          summary: spec.actionDetail.summary,
          expiresAt: spec.expiresAt,
        })),
        stackReadiness: stacks.map(stack => ({
          name: stack.metadata.name,
          ready: isReady(stack),
          reason: stack.status?.conditions?.find(({ type }) => type === 'Ready')?.reason,
        })),
        missingPermissions: missing,
        repositoryAffordances: repositories.map(({ metadata, spec }) => ({
          repository: metadata.name,
          dispatch: !spec.archived && readyStacks.length > 0,
          activeRuns: active.filter(run => run.spec.repository === metadata.name).length,
        })),
      },
    },
  };
}

async function listed<K extends Kind>({ list }: OrganizationContext, kind: K) {
  try {
    return (await list(kind, { limit: 500 })).items;
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Forbidden') return [];
    throw error;
  }
}
