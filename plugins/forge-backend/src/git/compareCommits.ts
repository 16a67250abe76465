import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { mergeTree } from './mergeTree';

/** What a merge of one commit into another would bring. */
export interface Comparison {
  mergeBaseSha?: string;
  commits: number;
  changedFiles: number;
  additions: number;
  deletions: number;
  conflictingFiles: string[];
}

/** The tree without entries: what a branch without common history is compared to. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Compares a head with the branch it should go to; changes nothing in the repository. */
export async function compareCommits(
  repositories: GitRepositories,
  key: RepositoryKey,
  targetSha: string | undefined,
  headSha: string,
): Promise<Comparison> {
  const gitDir = repositories.directory(key);
  const { git } = repositories;
  const mergeBaseSha = targetSha && (await repositories.mergeBase(key, targetSha, headSha));
  const range = targetSha ? [headSha, `^${targetSha}`] : [headSha];
  const commits = Number(await git.text(['rev-list', '--count', ...range], { gitDir }));
  const stat = await git.text(['diff-tree', '--shortstat', '-r', '-M', mergeBaseSha ?? EMPTY_TREE, headSha], {
    gitDir,
  });
  const count = (what: RegExp) => Number(what.exec(stat)?.[1] ?? 0);
  return {
    mergeBaseSha,
    commits,
    changedFiles: count(/(\d+) files? changed/),
    additions: count(/(\d+) insertions?\(\+\)/),
    deletions: count(/(\d+) deletions?\(-\)/),
    conflictingFiles:
      targetSha && commits > 0 ? await conflicts(repositories, gitDir, targetSha, headSha) : [],
  };
}

/** Tries the merge with its new objects put aside. */
async function conflicts(
  repositories: GitRepositories,
  gitDir: string,
  target: string,
  head: string,
): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'krate-merge-'));
  try {
    const env = { GIT_OBJECT_DIRECTORY: scratch, GIT_ALTERNATE_OBJECT_DIRECTORIES: join(gitDir, 'objects') };
    const result = await mergeTree(repositories.git, gitDir, target, head, { env });
    return result.clean ? [] : result.conflictingFiles;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
