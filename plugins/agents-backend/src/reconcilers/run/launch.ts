import type { AgentDispatchAttempt as Attempt, AgentDispatchRun } from '@krate/plugin-agents-common';
import { AgentDispatchAttempt, KrateWorkspace } from '@krate/plugin-agents-common';
import { digestOf } from '../../review/digestOf';
import { launchDescription } from '../../review/launchDescription';
import { PermissionReview, permissionReview } from '../../review/permissionReview';
import { conditionOf, isTrue, met, undecided, unmet } from '../conditions';
import { failed } from './ending';
import { attemptNameOf, partsOf, PoolQueue, RunContext, RunResult, workspaceNameOf } from './RunContext';

/** Seconds after which a waiting run looks at its queue even if nobody told it of a change. */
const LOOK_AGAIN = 15;

/** Queued: first a place in the pool, then the workspace, then the attempt. */
export function launchWhenThereIsRoom(ctx: RunContext, run: AgentDispatchRun): RunResult {
  const { runnerPool } = partsOf(ctx, run);
  const { ahead } = ctx.queue as PoolQueue;
  const places = runnerPool?.spec.maxReplicas ?? Infinity;
  if (ahead >= places) {
    const message = `Waits for a place in the pool ${runnerPool!.metadata.name}: ${places} of ${places} are taken`;
    return {
      status: { queuePosition: ahead - places + 1 },
      conditions: [unmet('Complete', 'InProgress', message)],
      requeueAfter: LOOK_AGAIN,
    };
  }
  return prepareWorkspace(ctx, run) ?? launch(ctx, run);
}

/** Undefined once the workspace is ready and claimed by this run. */
function prepareWorkspace(ctx: RunContext, run: AgentDispatchRun): RunResult | undefined {
  const { workspace } = ctx;
  const waiting = (message: string): RunResult => ({
    status: { workspaceRef: workspaceNameOf(run), queuePosition: null },
    conditions: [
      undecided('WorkspaceResolved', 'Preparing', message),
      unmet('Complete', 'InProgress', message),
    ],
    requeueAfter: LOOK_AGAIN,
  });
  if (!workspace) {
    if (run.spec.workspaceRef)
      return noWorkspace(ctx, run, `The KrateWorkspace ${run.spec.workspaceRef} does not exist`);
    return {
      ...waiting('The workspace is being made'),
      apply: [{ kind: KrateWorkspace, object: workspaceFor(ctx, run) }],
    };
  }
  if (workspace.spec.repository !== run.spec.repository)
    return noWorkspace(ctx, run, `The workspace ${workspace.metadata.name} is of another repository`);
  if (refOf(workspace) !== run.spec.ref) {
    return noWorkspace(
      ctx,
      run,
      `The workspace ${workspace.metadata.name} holds ${refOf(workspace)}, and the run was reviewed for ${run.spec.ref}`,
    );
  }
  if (!workspace.spec.runRef) {
    const input = {
      namespace: run.metadata.namespace,
      workspace: workspace.metadata.name,
      run: run.metadata.name,
    };
    return {
      ...waiting('The workspace is being claimed'),
      effects: [{ name: 'claim-workspace', key: workspace.metadata.uid, input }],
    };
  }
  if (workspace.spec.runRef !== run.metadata.name)
    return waiting(`The workspace is in use by ${workspace.spec.runRef}`);
  const phase = workspace.status?.phase;
  if (phase === 'Failed' || phase === 'Archived') {
    return noWorkspace(
      ctx,
      run,
      workspace.status?.lastError ?? conditionOf(workspace, 'Ready')?.message ?? `The workspace is ${phase}`,
    );
  }
  return isTrue(workspace, 'Ready') ? undefined : waiting('The workspace is being made');
}

function refOf({ spec: { branch } }: KrateWorkspace): string {
  return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}

function noWorkspace(ctx: RunContext, run: AgentDispatchRun, message: string): RunResult {
  return failed(
    ctx,
    run,
    { code: 'workspace-failed', message, retryable: true },
    { conditions: [unmet('WorkspaceResolved', 'Failed', message)] },
  );
}

function workspaceFor(ctx: RunContext, run: AgentDispatchRun) {
  const { workspacePolicy, runnerPool } = partsOf(ctx, run);
  const spec = {
    repository: run.spec.repository,
    branch: run.spec.ref.replace(/^refs\/heads\//, ''),
    ...(workspacePolicy && { policyRef: workspacePolicy.metadata.name }),
    trustTier: runnerPool?.spec.trustTier ?? 'untrusted',
    runRef: run.metadata.name,
  };
  return { metadata: { name: run.metadata.name }, spec } as never;
}

function launch(ctx: RunContext, run: AgentDispatchRun): RunResult {
  const { stack } = partsOf(ctx, run);
  if (!stack)
    return failed(ctx, run, {
      code: 'stack-not-found',
      message: `The AgentStack ${run.spec.agentStack} was deleted before the launch`,
    });
  const review = permissionReview(partsOf(ctx, run));
  if (!stillHolds(review, run)) {
    const message =
      'What the run was reviewed with has changed since, and would be decided otherwise: dispatch it again';
    return failed(ctx, run, { code: 'review-outdated', message, retryable: true });
  }
  const name = attemptNameOf(run);
  return {
    status: {
      phase: 'Running',
      permissionReview: review,
      attemptRef: name,
      workspaceRef: workspaceNameOf(run),
      baseSha: ctx.workspace?.status?.baseSha ?? null,
      startedAt: ctx.now.toISOString(),
      queuePosition: null,
    },
    conditions: [
      met('WorkspaceResolved', 'Ready', `Works in ${workspaceNameOf(run)}`),
      unmet('Complete', 'InProgress', 'The agent is being started'),
    ],
    apply: [
      {
        kind: AgentDispatchAttempt,
        object: { metadata: { name }, spec: attemptSpec(ctx, run, review) } as never,
      },
    ],
    events: [{ type: 'Normal', reason: 'Launched', message: `Attempt ${name}` }],
  };
}

/** Nothing changed that the review looked at, or what changed needs nobody's approval either. */
function stillHolds(review: PermissionReview, { status }: AgentDispatchRun): boolean {
  return review.digest === status?.permissionReview?.digest || review.decision === 'allowed';
}

/** Everything the agent is launched with, as it is now: later changes of the stack do not reach this run. */
function attemptSpec(
  ctx: RunContext,
  run: AgentDispatchRun,
  review: PermissionReview,
): Omit<Attempt['spec'], 'organizationRef'> {
  const stack = ctx.stack!;
  const description = launchDescription({ ...partsOf(ctx, run), stack }, review);
  return {
    agentDispatchRun: run.metadata.name,
    attemptReason: run.spec.retryOf ? 'retry' : 'initial',
    agentStackSnapshot: {
      name: stack.metadata.name,
      generation: stack.metadata.generation ?? 1,
      digest: digestOf(description),
    },
    launch: description,
    permissionReview: review,
    workspaceRef: workspaceNameOf(run),
    ...(run.status?.runnerPool && { runnerPool: run.status.runnerPool }),
    cancel: false,
  };
}
