import { GitRunner } from '@krate/plugin-forge-node';

export interface DiffFile {
  path: string;
  /** Where it was before a rename. */
  oldPath?: string;
  status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed';
  additions: number;
  deletions: number;
  binary: boolean;
}

export interface Diff {
  files: DiffFile[];
  /** Unified, with git's extended headers. */
  diff: string;
  /** Files or text were left out because there is too much. */
  truncated: boolean;
}

export const DIFF_LIMITS = { bytes: 2 * 1024 * 1024, files: 3000 };
const STATUS: Readonly<Record<string, DiffFile['status']>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
};
const OPTIONS = ['-r', '-M', '--no-color', '--no-ext-diff', '--no-textconv', '--no-commit-id'];

type Counts = Pick<DiffFile, 'additions' | 'deletions' | 'binary'>;
const NO_COUNT: Counts = { additions: 0, deletions: 0, binary: false };

/** What changed between two trees or commits. */
export async function readDiff(
  git: GitRunner,
  gitDir: string,
  from: string,
  to: string,
  limits = DIFF_LIMITS,
): Promise<Diff> {
  const [raw, numbers, patch] = await Promise.all([
    git.run(['diff-tree', ...OPTIONS, '--raw', '-z', from, to], { gitDir }),
    git.run(['diff-tree', ...OPTIONS, '--numstat', '-z', from, to], { gitDir }),
    git.run(['diff-tree', ...OPTIONS, '-p', '--full-index', from, to], {
      gitDir,
      maxBytes: limits.bytes,
      truncate: true,
    }),
  ]);
  const counts = parseNumstat(raw.stdout.length > 0 ? numbers.stdout.toString('utf8') : '');
  const files = parseRaw(raw.stdout.toString('utf8')).map(file => ({
    ...file,
    ...(counts.get(file.path) ?? NO_COUNT),
  }));
  const text = patch.stdout.toString('utf8');
  return {
    files: files.slice(0, limits.files),
    // A patch that was cut ends with its last whole line.
    diff: patch.truncated ? text.slice(0, text.lastIndexOf('\n') + 1) : text,
    truncated: patch.truncated || files.length > limits.files,
  };
}

/** `:<modes> <shas> <status>\0<path>\0`, with two paths for renames and copies. */
function parseRaw(text: string): Pick<DiffFile, 'path' | 'oldPath' | 'status'>[] {
  const fields = text.split('\0');
  const files: Pick<DiffFile, 'path' | 'oldPath' | 'status'>[] = [];
  for (let at = 0; at < fields.length && fields[at] !== '';) {
    const letter = fields[at].split(' ').pop()![0];
    const two = letter === 'R' || letter === 'C';
    const status = STATUS[letter] ?? 'modified';
    files.push(
      two ? { status, oldPath: fields[at + 1], path: fields[at + 2] } : { status, path: fields[at + 1] },
    );
    at += two ? 3 : 2;
  }
  return files;
}

/** `<added>\t<deleted>\t<path>\0`; for renames the path is empty and two follow. Binary files have dashes. */
function parseNumstat(text: string): Map<string, Counts> {
  const fields = text.split('\0');
  const counts = new Map<string, Counts>();
  for (let at = 0; at < fields.length && fields[at] !== '';) {
    const [added, deleted, path] = fields[at].split('\t');
    const renamed = path === '';
    const count = { additions: Number(added) || 0, deletions: Number(deleted) || 0, binary: added === '-' };
    counts.set(renamed ? fields[at + 2] : path, count);
    at += renamed ? 3 : 1;
  }
  return counts;
}
