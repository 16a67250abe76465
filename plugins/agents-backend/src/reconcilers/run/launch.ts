import type { AgentDispatchAttempt as Attempt, AgentDispatchRun } from '@krate/plugin-agents-common';
import { AgentDispatchAttempt, KrateWorkspace } from '@krate/plugin-agents-common';
import { digestOf } from '../../review/digestOf';
import { findGrants } from '../../review/findGrant';
import { PermissionReview, permissionReview } from '../../review/permissionReview';
import { secretNeeds } from '../../review/secretNeeds';
import { isTrue, conditionOf, met, undecided, unmet } from '../conditions';
import { failed } from './ending';
import { attemptNameOf, partsOf, PoolQueue, RunContext, RunResult, workspaceNameOf } from './RunContext';

/** Seconds after which a waiting run looks at its queue even if nobody told it of a change. */
const LOOK_AGAIN = 15;
const DEFAULT_DURATION_SECONDS = 3600;
const DEFAULT_EXPIRY_MINUTES = 1440;

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
  const description = launchDescription(ctx, run, review);
  const stack = ctx.stack!;
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

function launchDescription(
  ctx: RunContext,
  run: AgentDispatchRun,
  review: PermissionReview,
): Attempt['spec']['launch'] {
  const { adapter, provider, toolProfile, workspacePolicy, runnerPool } = partsOf(ctx, run);
  const { spec, metadata } = ctx.stack!;
  const budget = narrowed(spec.budget, run.spec.budget);
  const { maxDurationSeconds = DEFAULT_DURATION_SECONDS, ...spending } = budget;
  return {
    command: adapter?.spec.command ?? [],
    protocol: adapter?.spec.protocol ?? 'acp',
    trusted: Boolean(adapter?.spec.trusted) && (runnerPool?.spec.trustTier ?? 'trusted') === 'trusted',
    prompt: [spec.prompt.system, spec.prompt.developer, run.spec.task ?? spec.prompt.task]
      .filter(Boolean)
      .join('\n\n'),
    ...((spec.model ?? provider?.spec.defaultModel) && { model: spec.model ?? provider?.spec.defaultModel }),
    ...(provider && { provider: provider.metadata.name }),
    ...(spec.environment && { environment: spec.environment }),
    approvalMode: spec.approvalMode,
    author: spec.displayName ?? metadata.name,
    ...(toolProfile && { toolProfile: toolProfile.metadata.name }),
    tools: {
      filesystemPolicy: toolProfile?.spec.filesystemPolicy ?? 'workspace-write',
      approvalPolicyByTool: toolProfile?.spec.approvalPolicyByTool ?? {},
      allowedCommands: toolProfile?.spec.allowedCommands ?? [],
      deniedCommands: toolProfile?.spec.deniedCommands ?? [],
      allowedTools: workspacePolicy?.spec.allowedTools ?? [],
      deniedTools: workspacePolicy?.spec.deniedTools ?? [],
    },
    secretFiles: grantedFiles(ctx, run),
    allowHosts: toolProfile?.spec.networkPolicy.allowHosts ?? [],
    maxDurationSeconds,
    budget: spending,
    approvalExpiryMinutes: workspacePolicy?.spec.approvalExpiryMinutes ?? DEFAULT_EXPIRY_MINUTES,
    writeBack: {
      allowed: review.checks.some(({ rule, outcome }) => rule === 'write-back' && outcome === 'allowed'),
      requireApproval: spec.writeBackPolicy.requireApproval,
    },
  };
}

type Budget = NonNullable<AgentDispatchRun['spec']['budget']>;

/** A run may ask for less than its stack allows, never for more. */
function narrowed(stack: Budget = {}, run: Budget = {}): Budget {
  const limits = (['maxTokens', 'maxCostUsd', 'maxDurationSeconds'] as const).flatMap(limit => {
    const given = [stack[limit], run[limit]].filter(value => value !== undefined);
    return given.length > 0 ? [[limit, Math.min(...given)]] : [];
  });
  return Object.fromEntries(limits);
}

/** The tools' secrets that a grant lets the agent see as files. The model's key never is among them. */
function grantedFiles(ctx: RunContext, run: AgentDispatchRun) {
  const { toolProfile, stack, runnerPool } = partsOf(ctx, run);
  const seeker = {
    stack: stack?.metadata.name,
    serviceAccount: stack?.spec.runtimeIdentity.serviceAccountRef,
    toolProfile: toolProfile?.metadata.name,
    runnerPool: runnerPool?.metadata.name,
    repository: run.spec.repository,
    ref: run.spec.ref,
  };
  return secretNeeds({ toolProfile }).flatMap(need => {
    const grant = findGrants(need, seeker, ctx.grants).find(({ spec }) => spec.mountPolicy === 'file');
    return grant ? [{ secret: need.secret, keys: grant.spec.secretRef.keys }] : [];
  });
}
