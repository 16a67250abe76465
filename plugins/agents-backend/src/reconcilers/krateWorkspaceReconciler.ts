import { defineReconciler, EffectState, reads, Result } from '@krate/controller-runtime';
import type { KrateWorkspace as Workspace } from '@krate/plugin-agents-common';
import { KrateWorkspace, KrateWorkspacePolicy } from '@krate/plugin-agents-common';
import { Repository } from '@krate/plugin-forge-common';
import { met, undecided, unmet } from './conditions';

const DEFAULT_RETENTION_HOURS = 24;

/** Makes the checkout that a run works in, shows who uses it, and archives it when its time is over. */
export const krateWorkspaceReconciler = defineReconciler({
  for: KrateWorkspace,
  reads: {
    repository: reads.ref(Repository, 'spec.repository'),
    policy: reads.ref(KrateWorkspacePolicy, 'spec.policyRef'),
  },

  reconcile(ctx, workspace): Result<typeof KrateWorkspace> {
    const { status, spec } = workspace;
    if (status?.phase === 'Archived' || status?.phase === 'Failed') return {};
    const prepared = ctx.effects['prepare-workspace/prepare'];
    if (prepared?.state !== 'Succeeded')
      return ctx.repository || prepared
        ? provisioning(workspace, prepared)
        : repositoryMissing(spec.repository);

    const { baseSha, sizeBytes } = prepared.result as { baseSha: string; sizeBytes: number };
    const checkedOut = { gitState: 'Ready' as const, baseSha, headSha: baseSha, sizeBytes };
    const ready = met('Ready', 'CheckedOut', `${spec.repository} at ${baseSha.slice(0, 10)}`);
    if (spec.runRef) {
      const claimedAt = status?.phase === 'InUse' ? status.claimedAt : ctx.now.toISOString();
      return {
        status: { ...checkedOut, phase: 'InUse', gitState: 'Dirty', claimedAt, releasedAt: null },
        conditions: [ready],
      };
    }
    const releasedAt = status?.releasedAt ?? (status?.claimedAt ? ctx.now.toISOString() : undefined);
    const until = releasedAt && Date.parse(releasedAt) + retentionHours(ctx.policy) * 3_600_000;
    if (spec.archive || (until && until <= ctx.now.getTime()))
      return archiving(workspace, ctx.effects['remove-workspace/archive']);
    return {
      status: { ...checkedOut, phase: 'Ready', ...(releasedAt && { releasedAt }) },
      conditions: [ready],
      ...(until && { requeueAfter: Math.ceil((until - ctx.now.getTime()) / 1000) }),
    };
  },

  finalize(ctx, workspace) {
    const removal = ctx.effects['remove-workspace/remove'];
    if (removal?.state === 'Succeeded') return { done: true };
    return {
      done: false,
      effects: [{ name: 'remove-workspace', key: 'remove', input: inputOf(workspace) }],
      requeueAfter: 30,
    };
  },
});

function inputOf({ metadata, spec }: Workspace) {
  const { repository, branch, baseSha } = spec;
  return {
    namespace: metadata.namespace,
    uid: metadata.uid,
    repository,
    branch,
    ...(baseSha && { baseSha }),
  };
}

function retentionHours(policy: KrateWorkspacePolicy | undefined): number {
  return policy?.spec.retentionPolicy.maxAgeHours ?? DEFAULT_RETENTION_HOURS;
}

function repositoryMissing(name: string): Result<typeof KrateWorkspace> {
  return {
    status: { phase: 'Pending' },
    conditions: [unmet('Ready', 'RepositoryMissing', `The Repository ${name} does not exist: create it`)],
  };
}

function provisioning(
  workspace: Workspace,
  prepared: EffectState | undefined,
): Result<typeof KrateWorkspace> {
  if (prepared?.state === 'Failed' || prepared?.state === 'Cancelled') {
    const message = prepared.error?.message ?? 'The checkout was ended';
    return {
      status: { phase: 'Failed', lastError: message },
      conditions: [unmet('Ready', 'CheckoutFailed', message)],
    };
  }
  return {
    status: { phase: 'Provisioning', gitState: 'Cloning' },
    conditions: [undecided('Ready', 'Provisioning', `${workspace.spec.repository} is being checked out`)],
    effects: [{ name: 'prepare-workspace', key: 'prepare', input: inputOf(workspace) }],
  };
}

function archiving(workspace: Workspace, removal: EffectState | undefined): Result<typeof KrateWorkspace> {
  if (removal?.state === 'Succeeded') {
    return {
      status: { phase: 'Archived', sizeBytes: 0 },
      conditions: [unmet('Ready', 'Archived', 'Its files were removed; its history stays in the repository')],
    };
  }
  return {
    status: { phase: 'Archiving' },
    conditions: [unmet('Ready', 'Archived', 'Its files are being removed')],
    effects: [{ name: 'remove-workspace', key: 'archive', input: inputOf(workspace) }],
  };
}
