import { ReconcileContext, reads, Result } from '@krate/controller-runtime';
import {
  AgentAdapter,
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
  KrateArtifact,
  KrateWorkspace,
  KrateWorkspacePolicy,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import { Repository, RunnerPool } from '@krate/plugin-forge-common';
import { isOlder } from './answerOf';

/** The name of the workspace a run works in: one it goes on in, or one of its own. */
export const workspaceNameOf = (run: AgentDispatchRun) => run.spec.workspaceRef ?? run.metadata.name;
export const attemptNameOf = (run: AgentDispatchRun) => `${run.metadata.name}-1`;
export const launchApprovalOf = (run: AgentDispatchRun) => `${run.metadata.name}-launch`;
export const writeBackApprovalOf = (run: AgentDispatchRun) => `${run.metadata.name}-write-back`;
/** The branch a run's work is pushed to. */
export const branchOf = (run: AgentDispatchRun) => `refs/heads/krate/${run.metadata.name}`;

/** Everything the life of a run depends on. */
export const runReads = {
  stack: reads.ref(AgentStack, 'spec.agentStack'),
  repository: reads.ref(Repository, 'spec.repository'),
  adapters: reads.all(AgentAdapter),
  providers: reads.all(AgentProviderConfig),
  accounts: reads.all(AgentServiceAccount),
  profiles: reads.all(AgentToolProfile),
  policies: reads.all(KrateWorkspacePolicy),
  pools: reads.all(RunnerPool),
  bindings: reads.all(AgentRoleBinding),
  grants: reads.all(AgentSecretGrant),
  approvals: reads.referring(AgentApproval, 'spec.dispatchRun'),
  artifacts: reads.referring(KrateArtifact, 'spec.dispatchRun'),
  attempts: reads.owned(AgentDispatchAttempt),
  workspace: reads.named(KrateWorkspace, workspaceNameOf),
  queue: reads.observed('pool-queue'),
};

export type RunContext = ReconcileContext<typeof runReads>;
export type RunResult = Result<typeof AgentDispatchRun>;

/** What the pool's queue looks like to one run. */
export interface PoolQueue {
  /** Runs of the pool that work now, or wait since before this one. */
  ahead: number;
}

export const isTerminal = (phase: string | undefined) =>
  ['Completed', 'Failed', 'Cancelled'].includes(phase ?? '');

const byName = <T extends { metadata: { name: string } }>(items: readonly T[], name: string | undefined) =>
  items.find(({ metadata }) => metadata.name === name);

/** The objects that a run's stack names; those that do not exist are absent. */
export function partsOf(ctx: RunContext, run: AgentDispatchRun) {
  const spec = ctx.stack?.spec;
  return {
    run,
    stack: ctx.stack,
    repository: ctx.repository,
    adapter: byName(ctx.adapters, spec?.adapter),
    provider: byName(ctx.providers, spec?.provider),
    serviceAccount: byName(ctx.accounts, spec?.runtimeIdentity.serviceAccountRef),
    toolProfile: byName(ctx.profiles, spec?.toolProfileRef),
    workspacePolicy: byName(ctx.policies, spec?.workspacePolicyRef),
    runnerPool: byName(ctx.pools, run.spec.runnerPool ?? spec?.runnerPool),
    bindings: ctx.bindings,
    grants: ctx.grants,
  };
}

/** A question of this run; one that is older was left behind by a run that had its name before, and answers nothing here. */
export function approvalNamed(
  ctx: RunContext,
  run: AgentDispatchRun,
  name: string,
): AgentApproval | undefined {
  return byName(
    ctx.approvals.filter(approval => !isOlder(approval, run)),
    name,
  );
}

export function attemptOf(ctx: RunContext): AgentDispatchAttempt | undefined {
  return [...ctx.attempts].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name)).at(-1);
}
