import { ApiError } from '@krate/resource-model';
import { GitError, GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';

export interface CodeQuery {
  text: string;
  /** A branch, by its short name. */
  ref: string;
  /** Directory or file; empty: everything. */
  path: string;
  /** The text is an extended regular expression. */
  regex: boolean;
  caseSensitive: boolean;
  limit: number;
}

export interface CodeMatch {
  path: string;
  /** From 1. */
  line: number;
  /** The line, cut at {@link LINE_LENGTH} characters. */
  text: string;
}

const LINE_LENGTH = 300;
/** Matches of one file that are told; more are found by opening it. */
const PER_FILE = 20;
const MAX_OUTPUT = 2 * 1024 * 1024;

/** Looks for text in the files of a branch, as `git grep` does; what is binary is left out. */
export async function searchCode(
  repositories: GitRepositories,
  key: RepositoryKey,
  query: CodeQuery,
  signal?: AbortSignal,
): Promise<{ matches: CodeMatch[]; more: boolean }> {
  const tip = await repositories.readRef(key, `refs/heads/${query.ref}`);
  if (!tip) return { matches: [], more: false };
  const args = [
    ...[
      'grep',
      '-n',
      '-I',
      '-z',
      '--full-name',
      '--no-color',
      '--no-recurse-submodules',
      `--max-count=${PER_FILE}`,
    ],
    ...(query.regex ? ['-E'] : ['-F']),
    ...(query.caseSensitive ? [] : ['-i']),
    ...['-e', query.text, tip, '--'],
    ...(query.path ? [`:(literal)${query.path}`] : []),
  ];
  try {
    const { stdout, truncated } = await repositories.git.run(args, {
      gitDir: repositories.directory(key),
      okCodes: [0, 1],
      maxBytes: MAX_OUTPUT,
      truncate: true,
      signal,
    });
    const matches = matchesOf(stdout.toString('utf8'), query.limit + 1);
    return { matches: matches.slice(0, query.limit), more: truncated || matches.length > query.limit };
  } catch (error) {
    // Out of time: what was found elsewhere is still worth having.
    if (error instanceof GitError && error.code === 'aborted') return { matches: [], more: true };
    if (error instanceof GitError && error.code === 'failed' && query.regex)
      throw new ApiError('BadRequest', 'This is not a regular expression that git understands');
    throw error;
  }
}

/** `<commit>:<path>\0<line>\0<text>\n` */
function matchesOf(text: string, limit: number): CodeMatch[] {
  const matches: CodeMatch[] = [];
  const record = /^[0-9a-f]{40}:([^\0]+)\0(\d+)\0(.*)$/gm;
  for (let found = record.exec(text); found && matches.length < limit; found = record.exec(text))
    matches.push({ path: found[1], line: Number(found[2]), text: found[3].slice(0, LINE_LENGTH) });
  return matches;
}
