import { GitRunner } from '@krate/plugin-forge-node';

/** Lines that came together, by the commit that last touched them. */
export interface BlameHunk {
  sha: string;
  /** First line, from 1. */
  line: number;
  lines: number;
  author: string;
  /** ISO 8601. */
  date: string;
  subject: string;
  /** Where the lines were in that commit, when the file was called otherwise. */
  path: string;
}

/** Greatest file that is blamed, in bytes: the work grows with lines times history. */
export const BLAME_LIMIT = 1024 * 1024;
const TIME_LIMIT_MS = 30_000;

/** Who last touched each line of a file; undefined when there is no such file. `tooLarge` instead of hunks above the limit. */
export async function readBlame(
  git: GitRunner,
  gitDir: string,
  commit: string,
  path: string,
): Promise<{ hunks: BlameHunk[]; tooLarge: boolean } | undefined> {
  const found = await git.run(['cat-file', '--batch-check'], { gitDir, input: `${commit}:${path}\n` });
  const [, type, size] = found.stdout.toString().trim().split(' ');
  if (type !== 'blob') return undefined;
  if (Number(size) > BLAME_LIMIT) return { hunks: [], tooLarge: true };
  const text = await git.text(['blame', '--porcelain', commit, '--', path], {
    gitDir,
    timeoutMs: TIME_LIMIT_MS,
  });
  return { hunks: hunksOf(text), tooLarge: false };
}

interface Origin {
  author: string;
  date: string;
  subject: string;
  path: string;
}

const EMPTY: Origin = { author: '', date: '', subject: '', path: '' };

/** Reads the porcelain format: what is known of a commit is said with its first line only. */
function hunksOf(text: string): BlameHunk[] {
  const origins = new Map<string, Origin>();
  const hunks: BlameHunk[] = [];
  let sha = '';
  for (const line of text.split('\n')) {
    // A line of the file itself, which may look like anything.
    if (line.startsWith('\t')) continue;
    const header = /^([0-9a-f]{40}) \d+ (\d+)(?: (\d+))?$/.exec(line);
    if (header) {
      sha = header[1];
      if (!origins.has(sha)) origins.set(sha, { ...EMPTY });
      if (header[3]) hunks.push({ sha, line: Number(header[2]), lines: Number(header[3]), ...EMPTY });
      continue;
    }
    read(line, origins.get(sha));
  }
  return hunks.map(hunk => ({ ...hunk, ...origins.get(hunk.sha)! }));
}

function read(line: string, origin: Origin | undefined): void {
  if (!origin) return;
  const space = line.indexOf(' ');
  const value = line.slice(space + 1);
  if (line.startsWith('author ')) origin.author = value;
  if (line.startsWith('author-time ')) origin.date = new Date(Number(value) * 1000).toISOString();
  if (line.startsWith('summary ')) origin.subject = value;
  if (line.startsWith('filename ')) origin.path = value;
}
