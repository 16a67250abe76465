import { GitRunner } from '@krate/plugin-forge-node';

export interface TreeEntry {
  name: string;
  path: string;
  type: 'directory' | 'file' | 'symlink' | 'submodule';
  executable: boolean;
  sha: string;
  /** Bytes; of files and symlinks. */
  size?: number;
}

const TYPES: Readonly<Record<string, TreeEntry['type']>> = {
  '040000': 'directory',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** The entries of a directory at a commit, directories first; undefined when there is no such directory. */
export async function readTree(
  git: GitRunner,
  gitDir: string,
  commit: string,
  path: string,
  limit: number,
): Promise<{ entries: TreeEntry[]; truncated: boolean } | undefined> {
  const result = await git.run(['ls-tree', '-z', '-l', `${commit}:${path}`], { gitDir, okCodes: [0, 128] });
  if (result.exitCode !== 0) return undefined;
  const all = result.stdout
    .toString('utf8')
    .split('\0')
    .filter(record => record !== '')
    .map(record => entryOf(record, path));
  const sorted = all.sort(
    (a, b) => Number(b.type === 'directory') - Number(a.type === 'directory') || (a.name < b.name ? -1 : 1),
  );
  return { entries: sorted.slice(0, limit), truncated: sorted.length > limit };
}

/** `<mode> <type> <sha> <size padded>\t<name>` */
function entryOf(record: string, parent: string): TreeEntry {
  const tab = record.indexOf('\t');
  const [mode, , sha, size] = record.slice(0, tab).split(/ +/);
  const name = record.slice(tab + 1);
  return {
    name,
    path: parent ? `${parent}/${name}` : name,
    type: TYPES[mode] ?? 'file',
    executable: mode === '100755',
    sha,
    ...(size === '-' ? {} : { size: Number(size) }),
  };
}
