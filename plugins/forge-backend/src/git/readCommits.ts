import { GitRunner } from '@krate/plugin-forge-node';

export interface CommitInfo {
  sha: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  committer: { name: string; email: string; date: string };
  subject: string;
  body: string;
}

const FORMAT = ['%H', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%s', '%b'].join('%x00');

/** Commits from a range, newest first. */
export async function readCommits(
  git: GitRunner,
  gitDir: string,
  range: readonly string[],
  options: { path?: string; limit: number; skip?: number },
): Promise<{ items: CommitInfo[]; more: boolean }> {
  const args = [
    'log',
    '-z',
    `--format=${FORMAT}%x01`,
    '--encoding=UTF-8',
    `--max-count=${options.limit + 1}`,
    `--skip=${options.skip ?? 0}`,
    ...range,
  ];
  const text = await git.text([...args, '--', ...(options.path ? [`:(literal)${options.path}`] : [])], {
    gitDir,
  });
  const items = text
    .split('\x01')
    .map(record => record.replace(/^\0/, ''))
    .filter(record => record !== '')
    .map(commitOf);
  return { items: items.slice(0, options.limit), more: items.length > options.limit };
}

function commitOf(record: string): CommitInfo {
  const [sha, parents, authorName, authorEmail, authorDate, name, email, date, subject, body] =
    record.split('\0');
  return {
    sha,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: authorName, email: authorEmail, date: authorDate },
    committer: { name, email, date },
    subject,
    body: body.trim(),
  };
}
