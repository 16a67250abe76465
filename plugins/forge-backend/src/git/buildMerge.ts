import { GitRunner } from '@krate/plugin-forge-node';
import { Identity, identityEnvironment } from './Identity';
import { mergeTree } from './mergeTree';

export interface MergeRequest {
  gitDir: string;
  method: 'merge' | 'squash' | 'rebase';
  /** Where the target branch is. */
  targetSha: string;
  headSha: string;
  /** Of the merge or squash commit; a rebase keeps the messages. */
  message: string;
  /** `Key: value`; the last commit made carries it. For people: anybody can write it. */
  trailer: string;
  author: Identity;
  committer: Identity;
  /** File of the private key that signs the commits. */
  signingKey?: string;
  now: Date;
}

export type BuiltMerge =
  | { outcome: 'built'; sha: string }
  | { outcome: 'conflict'; files: string[] }
  /** A rebase would drop merge commits and what was resolved in them. */
  | { outcome: 'not-linear' };

/** Writes the commits of a merge into the repository; no ref moves. Doing it twice leaves unreferenced objects only. */
export function buildMerge(git: GitRunner, request: MergeRequest): Promise<BuiltMerge> {
  return request.method === 'rebase' ? rebase(git, request) : mergeOrSquash(git, request);
}

async function mergeOrSquash(git: GitRunner, request: MergeRequest): Promise<BuiltMerge> {
  const { gitDir, targetSha, headSha, method } = request;
  const merged = await mergeTree(git, gitDir, targetSha, headSha);
  if (!merged.clean) return { outcome: 'conflict', files: merged.conflictingFiles };
  const parents = method === 'merge' ? [targetSha, headSha] : [targetSha];
  const env = identityEnvironment(request.author, request.committer, request.now);
  const sha = await commit(
    git,
    request,
    merged.tree,
    parents,
    withTrailer(request.message, request.trailer),
    env,
  );
  return { outcome: 'built', sha };
}

async function rebase(git: GitRunner, request: MergeRequest): Promise<BuiltMerge> {
  const { gitDir, targetSha, headSha } = request;
  const list = await git.text(
    ['rev-list', '--reverse', '--topo-order', '--parents', headSha, `^${targetSha}`],
    { gitDir },
  );
  const commits = list
    .split('\n')
    .filter(Boolean)
    .map(line => line.split(' '));
  if (commits.some(([, ...parents]) => parents.length !== 1)) return { outcome: 'not-linear' };
  let onto = targetSha;
  for (const [index, [sha, parent]] of commits.entries()) {
    const merged = await applyTo(git, request, onto, sha, parent);
    if (!merged.clean) return { outcome: 'conflict', files: merged.conflictingFiles };
    const last = index === commits.length - 1;
    if (!last && merged.tree === (await treeOf(git, gitDir, onto))) continue;
    onto = await reword(git, request, merged.tree, onto, sha, last);
  }
  return { outcome: 'built', sha: onto };
}

/**
 * The change of one commit, applied to another. git finds the base of a merge in the history, so the receiving tree is
 * given a history in which that base is the commit's parent.
 */
async function applyTo(git: GitRunner, request: MergeRequest, onto: string, sha: string, parent: string) {
  const env = identityEnvironment(request.committer, request.committer, request.now);
  const disguised = await commit(
    git,
    { gitDir: request.gitDir },
    await treeOf(git, request.gitDir, onto),
    [parent],
    'base\n',
    env,
  );
  return mergeTree(git, request.gitDir, disguised, sha);
}

/** The same author, time and message in a new place. */
async function reword(
  git: GitRunner,
  request: MergeRequest,
  tree: string,
  onto: string,
  sha: string,
  last: boolean,
): Promise<string> {
  const { gitDir } = request;
  const text = await git.text(
    ['log', '-1', '--date=raw', '--encoding=UTF-8', '--format=%an%x00%ae%x00%ad%x00%B', sha],
    { gitDir },
  );
  const [name, email, date, message = ''] = text.split('\0');
  const env = identityEnvironment({ name, email, date }, request.committer, request.now);
  return commit(
    git,
    request,
    tree,
    [onto],
    last ? withTrailer(message, request.trailer) : withoutTrailer(message),
    env,
  );
}

function treeOf(git: GitRunner, gitDir: string, sha: string): Promise<string> {
  return git.text(['rev-parse', '--verify', `${sha}^{tree}`], { gitDir });
}

function commit(
  git: GitRunner,
  { gitDir, signingKey }: Pick<MergeRequest, 'gitDir' | 'signingKey'>,
  tree: string,
  parents: string[],
  message: string,
  env: Record<string, string>,
): Promise<string> {
  const sign = signingKey ? ['-S'] : [];
  return git.text(['commit-tree', ...sign, tree, ...parents.flatMap(parent => ['-p', parent]), '-F', '-'], {
    gitDir,
    env,
    input: message,
    config: signingKey ? { 'gpg.format': 'ssh', 'user.signingKey': signingKey } : undefined,
  });
}

/** Ends a message with our trailer, and with ours alone: a forged one must not pass for a merge. */
function withTrailer(message: string, trailer: string): string {
  const body = withoutTrailer(message).trimEnd();
  const lastParagraph = body.split(/\n\s*\n/).pop() ?? '';
  const endsInTrailers =
    body.includes('\n\n') && lastParagraph.split('\n').every(line => /^[A-Za-z0-9-]+: \S/.test(line));
  return `${body}${endsInTrailers ? '\n' : '\n\n'}${trailer}\n`;
}

function withoutTrailer(message: string): string {
  return message
    .split(/\r?\n/)
    .filter(line => !/^krate-pull-request:/i.test(line))
    .join('\n');
}
