import { GitRunner } from '@krate/plugin-forge-node';

export type MergedTree = { clean: true; tree: string } | { clean: false; conflictingFiles: string[] };

/**
 * Merges two commits without a work tree. With `base` the difference from `base` to `theirs` is applied to `ours`, as a
 * rebase does.
 */
export async function mergeTree(
  git: GitRunner,
  gitDir: string,
  ours: string,
  theirs: string,
  options: { env?: Record<string, string> } = {},
): Promise<MergedTree> {
  const args = [
    'merge-tree',
    '--write-tree',
    '--name-only',
    '--no-messages',
    '--allow-unrelated-histories',
    '-z',
    ours,
    theirs,
  ];
  const result = await git.run(args, { gitDir, okCodes: [0, 1], env: options.env });
  const [tree, ...files] = result.stdout.toString('utf8').split('\0');
  if (result.exitCode === 0) return { clean: true, tree };
  return { clean: false, conflictingFiles: files.filter(file => file !== '').slice(0, 200) };
}
