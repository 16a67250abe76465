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
      const path = `${organizationOf(metadata.namespace)}/${metadata.name}.git`;
      const cloneUrl = `${options.baseUrl()}/git/${path}`;
      const sshUrl = options.sshUrl?.();
      if (git.state === 'unreadable') {
        const message = `The repository on disk cannot be read (${git.message})`;
        return { ...notReady('Unreadable', message), status: { phase: 'Degraded' }, requeueAfter: 60 };
      }
      if (git.state === 'absent') {
        const effect = ctx.effects['init-repository/init'];
        return {
          ...initializing(effect),
          effects: [
            {
              name: 'init-repository',
              key: 'init',
              input: {
                ...key,
                uid: metadata.uid,
                defaultBranch: spec.defaultBranch,
                initialize: spec.initialize,
              },
            },
          ],
        };
      }
      const headMoved = git.head !== `refs/heads/${spec.defaultBranch}`;
      return {
        status: {
          phase: 'Ready',
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

function initializing(effect: EffectState | undefined): Result<typeof Repository> {
  if (effect?.state === 'Failed') {
    const message = `The repository could not be made: ${effect.error?.message ?? 'unknown error'}`;
    return { ...notReady('InitializeFailed', message), status: { phase: 'Degraded' } };
  }
  if (effect?.state === 'Succeeded') {
    // It was made once and is gone: never make an empty one in its place.
    const message = 'The repository on disk is missing; restore it from a backup';
    return { ...notReady('Unreadable', message), status: { phase: 'Degraded' }, requeueAfter: 60 };
  }
  return {
    ...notReady('Initializing', 'The git repository is being made'),
    status: { phase: 'Reconciling' },
  };
}

function notReady(
  reason: 'Initializing' | 'InitializeFailed' | 'Unreadable',
  message: string,
): Result<typeof Repository> {
  return {
    conditions: [
      { type: 'BackendReady', status: 'False', reason, message },
      { type: 'Ready', status: 'False', reason, message },
    ],
  };
}
