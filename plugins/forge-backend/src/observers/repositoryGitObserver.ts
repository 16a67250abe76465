import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Observer } from '@krate/controller-runtime';
import { Repository } from '@krate/plugin-forge-common';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { ownerOf } from '../repositories/createRepository';
import { LAST_PUSH_FILE } from '../repositories/layout';

/** What there is of a repository on disk. */
export type RepositoryGitState =
  | { state: 'absent' }
  | { state: 'unreadable'; message: string }
  | {
      state: 'ready';
      head: string;
      headSha?: string;
      branches: number;
      sizeBytes: number;
      lastPushAt?: string;
    };

/** Looks at the repository of a Repository object: one that belongs to another uid is absent. */
export function repositoryGitObserver(
  repositories: GitRepositories,
): Observer<typeof Repository, RepositoryGitState> {
  return {
    name: 'repository-git',
    async observe({ metadata, spec }) {
      const key = { namespace: metadata.namespace!, repository: metadata.name };
      try {
        if ((await ownerOf(repositories, key)) !== metadata.uid) return { state: 'absent' };
        return await look(repositories, key, spec.defaultBranch);
      } catch (error) {
        return { state: 'unreadable', message: error instanceof Error ? error.name : 'unknown' };
      }
    },
  };
}

async function look(
  repositories: GitRepositories,
  key: RepositoryKey,
  defaultBranch: string,
): Promise<RepositoryGitState> {
  const gitDir = repositories.directory(key);
  const [head, branches, sizeBytes, lastPush] = await Promise.all([
    repositories.git.text(['symbolic-ref', 'HEAD'], { gitDir }),
    repositories.listRefs(key, 'refs/heads/'),
    sizeOf(repositories, gitDir),
    stat(join(gitDir, LAST_PUSH_FILE)).catch(() => undefined),
  ]);
  return {
    state: 'ready',
    head,
    headSha: branches.find(({ ref }) => ref === `refs/heads/${defaultBranch}`)?.sha,
    branches: branches.length,
    sizeBytes,
    lastPushAt: lastPush && new Date(Math.floor(lastPush.mtimeMs / 1000) * 1000).toISOString(),
  };
}

async function sizeOf(repositories: GitRepositories, gitDir: string): Promise<number> {
  const text = await repositories.git.text(['count-objects', '-v'], { gitDir });
  const kib = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return (kib('size') + kib('size-pack')) * 1024;
}
