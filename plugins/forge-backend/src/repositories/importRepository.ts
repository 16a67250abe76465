import { EffectError } from '@krate/controller-runtime';
import { GitError, GitOptions, GitRepositories, isBranchName, RepositoryKey } from '@krate/plugin-forge-node';
import { MAX_ALLOCATION_BYTES } from '../transport/limits';
import { makeAside } from './createRepository';
import { fetchProgress, FetchProgress } from './fetchProgress';
import { OpenedSource } from './importSource';

export interface ImportRequest extends RepositoryKey {
  uid: string;
  /** Of the Repository; another one is taken when the source has no such branch. */
  defaultBranch: string;
}

/** Bytes that one import may bring. */
const MAX_IMPORT_BYTES = 50 * 1024 ** 3;

/** What old histories contain that does no harm. */
const TOLERATED = ['zeroPaddedFilemode', 'missingSpaceBeforeDate', 'badTimezone', 'missingSpaceBeforeEmail'];

/**
 * Brings the branches and tags of a source into a new repository, which appears when it is whole. Nothing is left of an import
 * that fails or is killed but a hidden directory, which housekeeping removes.
 *
 * @param adopt is told the branch that HEAD points to, before the repository appears
 */
export async function importRepository(
  repositories: GitRepositories,
  request: ImportRequest,
  source: OpenedSource,
  options: {
    signal: AbortSignal;
    report(progress: FetchProgress): void;
    adopt(defaultBranch: string): Promise<void>;
  },
): Promise<void> {
  await makeAside(repositories, request, async gitDir => {
    await fetchInto(repositories, gitDir, source, options);
    const defaultBranch = await chooseDefault(
      repositories,
      gitDir,
      source,
      request.defaultBranch,
      options.signal,
    );
    await repositories.git.run(['symbolic-ref', 'HEAD', `refs/heads/${defaultBranch}`], { gitDir });
    await options.adopt(defaultBranch);
  });
}

function gitOptions(gitDir: string, { config }: OpenedSource): GitOptions {
  const tolerated = Object.fromEntries(TOLERATED.map(what => [`fetch.fsck.${what}`, 'ignore']));
  return {
    gitDir,
    config: {
      'protocol.allow': 'never',
      'fetch.fsckObjects': 'true',
      'core.bigFileThreshold': '32m',
      'pack.threads': '1',
      ...tolerated,
      ...config,
    },
    env: { GIT_ALLOC_LIMIT: String(MAX_ALLOCATION_BYTES) },
  };
}

function fetchInto(
  { git }: GitRepositories,
  gitDir: string,
  source: OpenedSource,
  { signal, report }: { signal: AbortSignal; report(progress: FetchProgress): void },
): Promise<void> {
  const refspecs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  const args = [
    'fetch',
    '--progress',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    '--no-recurse-submodules',
  ];
  const child = git.spawn([...args, '--', source.remote, ...refspecs], gitOptions(gitDir, source), [
    'ignore',
    'ignore',
    'pipe',
  ]);
  return new Promise((resolve, reject) => {
    let last = '';
    let failure: EffectError | undefined;
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    child.stderr!.on('data', (chunk: Buffer) => {
      const lines = `${last}${chunk.toString('utf8')}`.split(/[\r\n]+/);
      last = lines.pop()!.slice(-2000);
      for (const line of lines) {
        const progress = fetchProgress(line);
        if (!progress && line.startsWith('fatal: ')) failure ??= failureOf(line);
        if ((progress?.receivedBytes ?? 0) > MAX_IMPORT_BYTES) {
          failure = new EffectError('too-large', 'The repository is larger than one import may be');
          stop();
        }
        if (progress) report(progress);
      }
    });
    child.on('error', reject);
    child.on('close', code => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve();
      else reject(failure ?? new EffectError('import-failed', 'git could not fetch from there', true));
    });
  });
}

/** What git says of a remote is told, without what only this machine should know. */
function failureOf(line: string): EffectError {
  if (/fsck error|object .* invalid|index-pack failed/.test(line))
    return new EffectError('objects-refused', `Its objects are not sound: ${line.slice(7, 200)}`);
  if (
    /not found|does not appear to be a git|could not read Username|Authentication failed|unable to update url base/.test(
      line,
    )
  )
    return new EffectError(
      'not-readable',
      'There is no repository there that may be read without signing in',
    );
  return new EffectError('import-failed', `git could not fetch from there: ${line.slice(7, 200)}`, true);
}

async function chooseDefault(
  { git }: GitRepositories,
  gitDir: string,
  source: OpenedSource,
  wanted: string,
  signal: AbortSignal,
): Promise<string> {
  const text = await git.text(
    ['for-each-ref', '--format=%(refname:lstrip=2)', '--sort=-committerdate', 'refs/heads/'],
    {
      gitDir,
    },
  );
  const branches = text.split('\n').filter(isBranchName);
  if (branches.length === 0 || branches.includes(wanted)) return wanted;
  const listed = await git
    .text(['ls-remote', '--symref', '--', source.remote, 'HEAD'], {
      ...gitOptions(gitDir, source),
      signal,
      timeoutMs: 30_000,
    })
    .catch(error => {
      if (error instanceof GitError) return '';
      throw error;
    });
  const head = /^ref: refs\/heads\/(\S+)\s+HEAD$/m.exec(listed)?.[1];
  return head && branches.includes(head) ? head : branches[0];
}
