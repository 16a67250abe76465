import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';

/** Looks at a repository that may not be made yet, or may be removed under us; then the answer is `otherwise`. */
export async function whileThere<Value>(
  repositories: GitRepositories,
  key: RepositoryKey,
  look: () => Promise<Value>,
  otherwise: Value,
): Promise<Value> {
  if (!repositories.exists(key)) return otherwise;
  try {
    return await look();
  } catch (error) {
    if (!repositories.exists(key)) return otherwise;
    throw error;
  }
}
