import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';

export interface Divergence {
  name: string;
  /** Commits that the branch has and the base lacks. */
  ahead: number;
  /** Commits that the base has and the branch lacks. */
  behind: number;
}

/** How far branches have gone from a base; those without a common history, or gone, are left out. */
export async function readDivergence(
  repositories: GitRepositories,
  key: RepositoryKey,
  base: string,
  branches: readonly string[],
): Promise<Divergence[]> {
  const gitDir = repositories.directory(key);
  const found: Divergence[] = [];
  // One after another: a page of branches must not take a page of processes.
  for (const name of branches) {
    const range = `refs/heads/${base}...refs/heads/${name}`;
    const result = await repositories.git.run(
      ['rev-list', '--left-right', '--count', '--end-of-options', range],
      {
        gitDir,
        okCodes: [0, 128],
      },
    );
    const [behind, ahead] = result.stdout.toString().trim().split('\t').map(Number);
    if (result.exitCode === 0) found.push({ name, ahead, behind });
  }
  return found;
}
