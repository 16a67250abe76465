import { defineReconciler, EffectState, reads, Result } from '@krate/controller-runtime';
import { organizationOf } from '@krate/plugin-control-plane-common';
import { Repository } from '@krate/plugin-forge-common';
import { RepositoryGitState } from '../observers/repositoryGitObserver';

/** Seconds until a repository is looked at again though nobody said it changed: heals hints that were lost. */
const LOOK_AGAIN = 300;

/** Hosts the git repository of a Repository: makes it, shows what is in it, removes it. */
export function repositoryReconciler(options: { baseUrl: () => string; sshUrl?: () => string | undefined }) {
  return defineReconciler({
    for: Repository,
    owns: ['BackendReady', 'Ready'],
    reads: { git: reads.observed('repository-git') },

    reconcile(ctx, repository): Result<typeof Repository> {
      const git = ctx.git as RepositoryGitState;
      const { metadata, spec } = repository;
      const key = { namespace: metadata.namespace!, repository: metadata.name };
      const path = `${organizationOf(metadata.namespace)}/${spec.renamedTo ?? metadata.name}.git`;
      const cloneUrl = `${options.baseUrl()}/git/${path}`;
      const sshUrl = options.sshUrl?.();
      if (git.state === 'unreadable') {
        const message = `The repository on disk cannot be read (${git.message})`;
        return { ...notReady('Unreadable', message), status: { phase: 'Degraded' }, requeueAfter: 60 };
      }
      if (git.state === 'absent') return making(repository, ctx.effects);
      if (spec.deletion?.at) return deleted(repository, spec.deletion.at, ctx.now);
      const headMoved = git.head !== `refs/heads/${spec.defaultBranch}`;
      return {
        status: {
          phase: 'Ready',
          import: null,
          cloneUrl,
          sshUrl: sshUrl ? `${sshUrl}/${path}` : null,
          headSha: git.headSha ?? null,
          branches: git.branches,
          sizeBytes: git.sizeBytes,
          lastPushAt: git.lastPushAt ?? null,
        },
        conditions: [
          {
            type: 'BackendReady',
            status: 'True',
            reason: 'Initialized',
            message: 'The git repository is in place',
          },
          { type: 'Ready', status: 'True', reason: 'Available', message: `Clone it from ${cloneUrl}` },
        ],
        effects: headMoved
          ? [{ name: 'set-default-branch', input: { ...key, defaultBranch: spec.defaultBranch } }]
          : [],
        requeueAfter: LOOK_AGAIN,
      };
    },

    finalize(ctx, { metadata }) {
      const git = ctx.git as RepositoryGitState;
      if (git.state === 'absent') return { done: true };
      const input = { namespace: metadata.namespace!, repository: metadata.name, uid: metadata.uid };
      return {
        done: false,
        effects: [{ name: 'remove-repository', key: 'remove', input }],
        requeueAfter: 30,
      };
    },
  });
}

type Effects = Readonly<Record<string, EffectState | undefined>>;

/** It is made empty, with a first commit, or from somewhere else. */
function making({ metadata, spec }: Repository, effects: Effects): Result<typeof Repository> {
  const { defaultBranch, importFrom, initialize } = spec;
  const input = {
    namespace: metadata.namespace!,
    repository: metadata.name,
    uid: metadata.uid,
    defaultBranch,
  };
  if (!importFrom) {
    return {
      ...unfinished(effects['init-repository/init'], 'Initializing', 'The git repository is being made'),
      effects: [{ name: 'init-repository', key: 'init', input: { ...input, initialize } }],
    };
  }
  const effect = effects['import-repository/import'];
  const result = unfinished(
    effect,
    'Importing',
    `It is being imported from ${importFrom.url ?? importFrom.path}`,
  );
  const progress = effect?.state === 'Running' ? (effect.progress ?? { message: 'Connecting' }) : null;
  return {
    ...result,
    status: { ...result.status, import: progress },
    effects: [{ name: 'import-repository', key: 'import', input: { ...input, source: importFrom } }],
  };
}

/** Closed to everybody until its time comes; then the object goes, and the repository with it. */
function deleted({ metadata, status }: Repository, at: string, now: Date): Result<typeof Repository> {
  const left = Math.ceil((Date.parse(at) - now.getTime()) / 1000);
  const { namespace, name, uid } = metadata;
  return {
    status: { ...status, phase: 'Ready' },
    conditions: [
      {
        type: 'BackendReady',
        status: 'True',
        reason: 'Initialized',
        message: 'The git repository is in place',
      },
      {
        type: 'Ready',
        status: 'False',
        reason: 'Deleted',
        message: `It was deleted and is destroyed at ${at}; take spec.deletion away to restore it`,
      },
    ],
    effects: left > 0 ? [] : [{ name: 'delete-after-grace', key: at, input: { namespace, name, uid, at } }],
    requeueAfter: Math.max(1, Math.min(left, LOOK_AGAIN)),
  };
}

function unfinished(
  effect: EffectState | undefined,
  reason: 'Initializing' | 'Importing',
  message: string,
): Result<typeof Repository> {
  if (effect?.state === 'Failed' || effect?.state === 'Cancelled') {
    const why = effect.error?.message ?? 'unknown error';
    const failed = reason === 'Importing' ? ('ImportFailed' as const) : ('InitializeFailed' as const);
    const verb = reason === 'Importing' ? 'imported' : 'made';
    return {
      ...notReady(failed, `The repository could not be ${verb}: ${why}`),
      status: { phase: 'Degraded' },
    };
  }
  if (effect?.state === 'Succeeded') {
    // It was made once and is gone: never make an empty one in its place.
    const gone = 'The repository on disk is missing; restore it from a backup';
    return { ...notReady('Unreadable', gone), status: { phase: 'Degraded' }, requeueAfter: 60 };
  }
  return { ...notReady(reason, message), status: { phase: 'Reconciling' } };
}

function notReady(
  reason: 'Initializing' | 'InitializeFailed' | 'Importing' | 'ImportFailed' | 'Unreadable',
  message: string,
): Result<typeof Repository> {
  return {
    conditions: [
      { type: 'BackendReady', status: 'False', reason, message },
      { type: 'Ready', status: 'False', reason, message },
    ],
  };
}
