import { GitRepositories, isBranchName, isFullRef, isSha, RepositoryKey } from '@krate/plugin-forge-node';

/** The commit that a branch, a tag, a full ref or an object id names; undefined when there is none. */
export async function resolveCommit(
  repositories: GitRepositories,
  key: RepositoryKey,
  name: string,
): Promise<string | undefined> {
  const exact = isSha(name) || name.startsWith('refs/');
  const candidates = exact ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  for (const candidate of candidates) {
    if (!isSha(candidate) && !(isFullRef(candidate) && (name.startsWith('refs/') || isBranchName(name))))
      continue;
    const result = await repositories.git.run(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`],
      {
        gitDir: repositories.directory(key),
        okCodes: [0, 1, 128],
      },
    );
    const sha = result.stdout.toString().trim();
    if (isSha(sha)) return sha;
  }
  return undefined;
}
