import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitError } from './git/GitError';
import { GitRepositories } from './GitRepositories';
import { RefMovedError, RefRefusal, RefRefusedError, RefUpdateRequest } from './refs/RefJudge';

jest.setTimeout(30_000);

const web = { namespace: 'krate-org-acme', repository: 'web' };
const principal = { type: 'user', name: 'ada' } as const;
const MAIN = 'refs/heads/main';
const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

describe('GitRepositories', () => {
  let directory: string;
  let repositories: GitRepositories;
  let refusals: RefRefusal[];
  let asked: RefUpdateRequest[];
  let moved: RefUpdateRequest[];

  const init = (gitDir: string) =>
    repositories.git.run(['init', '--quiet', '--bare', '--initial-branch=main', gitDir]);

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'repositories-'));
    repositories = new GitRepositories(directory);
    refusals = [];
    asked = [];
    moved = [];
    repositories.useJudge({
      judge: async request => {
        asked.push(request);
        return refusals;
      },
      moved: request => void moved.push(request),
    });
    await mkdir(join(directory, 'git', 'krate-org-acme'), { recursive: true });
    await init(repositories.directory(web));
    await repositories.git.run(['config', 'core.hooksPath', await repositories.hooksDirectory()], {
      gitDir: repositories.directory(web),
    });
    await repositories.git.run(['config', 'receive.fsckObjects', 'true'], {
      gitDir: repositories.directory(web),
    });
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const commit = async (gitDir: string, message: string, parents: string[] = [], tree?: string) => {
    const root = tree ?? (await repositories.git.text(['mktree'], { gitDir }));
    const args = ['commit-tree', root, ...parents.flatMap(parent => ['-p', parent]), '-m', message];
    return repositories.git.text(args, { gitDir, env: identity });
  };

  it.each([
    ['krate-org-acme', '../x'],
    ['..', 'web'],
    ['krate-org-acme', 'web.git'],
    ['a/b', 'web'],
  ])('has no directory for %s %s', (namespace, repository) => {
    expect(() => repositories.directory({ namespace, repository })).toThrow(GitError);
  });

  it('moves a ref from where it is believed to be', async () => {
    const gitDir = repositories.directory(web);
    const first = await commit(gitDir, '1');
    const second = await commit(gitDir, '2', [first]);
    await repositories.updateRef({ ...web, ref: MAIN, sha: first, principal, origin: 'merge' });
    await repositories.updateRef({
      ...web,
      ref: MAIN,
      sha: second,
      expectedOld: first,
      principal,
      origin: 'merge',
    });
    expect(await repositories.readRef(web, MAIN)).toBe(second);
    expect(asked[1].updates).toEqual([{ ref: MAIN, oldSha: first, newSha: second, forced: false }]);
    await expect(
      repositories.updateRef({
        ...web,
        ref: MAIN,
        sha: first,
        expectedOld: first,
        principal,
        origin: 'merge',
      }),
    ).rejects.toThrow(RefMovedError);
    await expect(
      repositories.updateRef({ ...web, ref: MAIN, sha: first, principal, origin: 'merge' }),
    ).rejects.toThrow(RefMovedError);
  });

  it('asks the judge first', async () => {
    const sha = await commit(repositories.directory(web), '1');
    refusals = [{ ref: MAIN, rule: 'archived', message: 'web is archived' }];
    await expect(
      repositories.updateRef({ ...web, ref: MAIN, sha, principal, origin: 'merge' }),
    ).rejects.toThrow('web is archived');
    expect(await repositories.readRef(web, MAIN)).toBeUndefined();
  });

  it('refuses everything until the forge runs', async () => {
    const early = new GitRepositories(directory);
    const sha = await commit(repositories.directory(web), '1');
    await expect(early.updateRef({ ...web, ref: MAIN, sha, principal, origin: 'merge' })).rejects.toThrow(
      'not running yet',
    );
  });

  it('lets no push in that bypasses the server', async () => {
    const from = join(directory, 'own.git');
    await init(from);
    const sha = await commit(from, '1');
    const push = repositories.git.run(['push', repositories.directory(web), `${sha}:${MAIN}`], {
      gitDir: from,
    });
    await expect(push).rejects.toThrow(/pushes go through the server only/);
  });

  describe('promote', () => {
    let from: string;
    beforeEach(async () => {
      from = join(directory, 'quarantine.git');
      await init(from);
    });
    const promote = (sha: string, expectedOld?: string) =>
      repositories.promote({ ...web, from, sha, ref: 'refs/heads/krate/run-1', expectedOld, principal });

    it('brings commits over and moves the branch', async () => {
      const first = await commit(from, '1');
      await promote(first);
      const second = await commit(from, '2', [first]);
      await promote(second, first);
      expect(await repositories.readRef(web, 'refs/heads/krate/run-1')).toBe(second);
      expect(moved).toHaveLength(2);
      // Whoever judges may look at the commits where they wait; whoever hears that they came finds them in place.
      const { environment: _, ...judged } = asked[1];
      expect(moved[1]).toEqual(judged);
      expect(asked[1]).toMatchObject({
        origin: 'promote',
        principal,
        updates: [{ oldSha: first, newSha: second, forced: false }],
      });
    });

    it('is judged as a push is, and leaves no objects when refused', async () => {
      refusals = [{ ref: MAIN, rule: 'require-pull-request', message: 'only by pull request' }];
      const sha = await commit(from, '1');
      await expect(promote(sha)).rejects.toThrow(RefRefusedError);
      expect(await repositories.hasCommit(web, sha)).toBe(false);
    });

    it('is judged also where the repository was restored to another place', async () => {
      const gitDir = repositories.directory(web);
      await repositories.git.run(['config', 'core.hooksPath', '/elsewhere/git/.hooks'], { gitDir });
      refusals = [{ ref: MAIN, rule: 'require-pull-request', message: 'only by pull request' }];
      await expect(promote(await commit(from, '1'))).rejects.toThrow(RefRefusedError);
    });

    it('sees that history was rewritten', async () => {
      const first = await commit(from, '1');
      await promote(first);
      await promote(await commit(from, 'other'), first);
      expect(asked[1].updates[0].forced).toBe(true);
    });

    it('does not overwrite what moved meanwhile', async () => {
      const first = await commit(from, '1');
      await promote(first);
      const second = await commit(from, '2', [first]);
      await expect(promote(second)).rejects.toThrow(RefMovedError);
      await expect(promote(second, second)).rejects.toThrow(RefMovedError);
    });

    it('refuses objects that fsck refuses', async () => {
      const blob = await repositories.git.text(['hash-object', '-w', '--stdin'], {
        gitDir: from,
        input: 'x',
      });
      const tree = await repositories.git.text(['mktree'], {
        gitDir: from,
        input: `100644 blob ${blob}\t.GIT\n`,
      });
      const sha = await commit(from, 'trick', [], tree);
      await expect(promote(sha)).rejects.toMatchObject({ code: 'failed' });
      expect(await repositories.hasCommit(web, sha)).toBe(false);
    });
  });

  it('git ends with a time limit', async () => {
    // A pipe that nobody writes to: git waits for it, by itself and without a child that would outlive it.
    const pipe = join(directory, 'nobody-writes');
    execFileSync('mkfifo', [pipe]);
    const waiting = repositories.git.run(['hash-object', '--', pipe], { timeoutMs: 50 });
    await expect(waiting).rejects.toMatchObject({ code: 'timed-out' });
  });

  it.each([
    { reason: 'an output limit', options: { maxBytes: 3 }, args: ['version'], code: 'output-too-large' },
    { reason: 'an abort', options: { signal: AbortSignal.abort() }, args: ['version'], code: 'aborted' },
    { reason: 'a failure', options: {}, args: ['cat-file', 'nonsense'], code: 'failed' },
  ])('git ends with $reason', async ({ options, args, code }) => {
    await expect(repositories.git.run(args, options)).rejects.toMatchObject({ code });
  });

  it('gives git none of the server’s environment', async () => {
    process.env.KRATE_TEST_SECRET = 'secret';
    const text = await repositories.git.text(['-c', 'alias.e=!env', 'e']);
    delete process.env.KRATE_TEST_SECRET;
    expect(text).not.toContain('secret');
  });
});
