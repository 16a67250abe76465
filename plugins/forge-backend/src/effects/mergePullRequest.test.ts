import { join } from 'node:path';
import { BranchProtection, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { RefMovedError } from '@krate/plugin-forge-node';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';
import { signingKeyFor } from '../keys/signingKeyFor';
import { PullRequestGitObserver } from '../observers/pullRequestGitObserver';
import { mergePullRequestEffect } from './mergePullRequest';

jest.setTimeout(60_000);

const web = { namespace: NAMESPACE, repository: 'web' };
const MAIN = 'refs/heads/main';

describe('mergePullRequestEffect, on real repositories', () => {
  let bed: ForgeBed;
  let observer: PullRequestGitObserver;
  let work: string;
  let head: string;

  beforeEach(async () => {
    bed = await ForgeBed.start();
    observer = new PullRequestGitObserver(bed.repositories);
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [{ path: 'a.txt', content: '1\n2\n3\n4\n5\n' }]);
    await bed.client(['clone', '--quiet', bed.url('web', 'ada'), 'work']);
    work = join(bed.directory, 'work');
    await bed.client(['checkout', '--quiet', '-b', 'fix'], work);
    await bed.commitFile(work, 'b.txt', 'one\n', 'Add b\n\nKrate-Pull-Request: forged');
    head = await bed.commitFile(work, 'a.txt', '1\n2\n3\n4\nfive\n', 'Change a');
    await bed.client(['push', '--quiet', 'origin', 'fix'], work);
    bed.add(PullRequest, 'web-1', {
      repository: 'web',
      number: 1,
      title: 'Fix it',
      description: 'Because.',
      sourceRef: 'refs/heads/fix',
      targetRef: MAIN,
      author: 'ada',
    });
  });
  afterEach(() => bed.stop());

  const pull = () => bed.objects.get('pullrequests/web-1');
  const effect = () =>
    mergePullRequestEffect({
      client: bed.controlPlane.client,
      repositories: bed.repositories,
      observeGit: pr => observer.facts(pr),
      signingKeyFor: pr => signingKeyFor(bed.controlPlane.client, bed.signing, pr),
    });
  const input = (fields = {}) => ({
    namespace: NAMESPACE,
    name: 'web-1',
    uid: pull().metadata.uid,
    method: 'merge' as const,
    expectedHeadSha: head,
    requestedBy: 'mia',
    requestedAt: 't',
    ...fields,
  });
  const key = { id: 'k', owner: { kind: 'PullRequest', namespace: NAMESPACE, name: 'web-1', uid: 'x' } };
  const context = { signal: new AbortController().signal, report: async () => {} };
  const perform = (fields = {}) => effect().perform(key, input(fields), context);
  const observe = (fields = {}) => effect().observe(key, input(fields));
  const log = (format: string, ref = MAIN, ...options: string[]) =>
    bed.git.text(['log', `--format=${format}`, ...options, ref], { gitDir: bed.repositories.directory(web) });
  const moveMain = async (path: string, content: string) => {
    await bed.client(['checkout', '--quiet', '-B', 'main', 'origin/main'], work);
    const sha = await bed.commitFile(work, path, content, `Main changes ${path}`);
    await bed.client(['push', '--quiet', 'origin', 'main'], work);
    return sha;
  };
  const fsck = () => bed.git.run(['fsck', '--strict', '--full'], { gitDir: bed.repositories.directory(web) });

  it('merges with two parents, by the person who asked', async () => {
    const base = await moveMain('c.txt', 'main');
    const result = await perform();
    expect(await bed.repositories.readRef(web, MAIN)).toBe(result.mergeCommit);
    expect(await log('%P', MAIN, '-1')).toBe(`${base} ${head}`);
    expect(await log('%an %cn', MAIN, '-1')).toBe('mia mia');
    expect(await log('%B', MAIN, '-1')).toContain(
      `Merge Fix it (#1)\n\nBecause.\n\nKrate-Pull-Request: ${pull().metadata.uid}`,
    );
    expect((await fsck()).exitCode).toBe(0);
  });

  it('squashes into one commit by the author', async () => {
    await perform({ method: 'squash', message: 'All of it' });
    expect(await log('%an %cn %s', MAIN, '-1')).toBe('ada mia All of it');
    expect((await log('%H')).split('\n')).toHaveLength(2);
  });

  it('rebases commit by commit, keeping authors and messages', async () => {
    const base = await moveMain('c.txt', 'main');
    await perform({ method: 'rebase' });
    expect((await log('%an %cn %s')).split('\n').slice(0, 3)).toEqual([
      'Ada mia Change a',
      'Ada mia Add b',
      'Ada Ada Main changes c.txt',
    ]);
    expect(await bed.repositories.isAncestor(web, base, (await bed.repositories.readRef(web, MAIN))!)).toBe(
      true,
    );
    expect(await log('%B')).not.toContain('forged');
    expect(await observe()).toMatchObject({ state: 'done' });
    expect((await fsck()).exitCode).toBe(0);
  });

  it.each(['merge', 'squash', 'rebase'])('says which files conflict (%s)', async method => {
    const before = await moveMain('a.txt', '1\n2\n3\n4\nFIVE\n');
    await expect(perform({ method })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('a.txt'),
      retryable: false,
    });
    expect(await bed.repositories.readRef(web, MAIN)).toBe(before);
  });

  it('does not rebase merge commits away', async () => {
    await moveMain('c.txt', 'main');
    await bed.client(['checkout', '--quiet', 'fix'], work);
    await bed.client(['merge', '--quiet', '--no-edit', 'main'], work);
    await bed.client(['push', '--quiet', 'origin', 'fix'], work);
    const merged = (await bed.repositories.readRef(web, 'refs/heads/fix'))!;
    await expect(perform({ method: 'rebase', expectedHeadSha: merged })).rejects.toMatchObject({
      code: 'not-linear',
    });
  });

  it.each([
    {
      reason: 'another head than the one reviewed',
      change: () => {},
      fields: { expectedHeadSha: 'd'.repeat(40) },
      code: 'stale-head',
    },
    {
      reason: 'a draft',
      change: () => {
        pull().spec.draft = true;
      },
      fields: {},
      code: 'gates-unmet',
    },
    {
      reason: 'one that was closed',
      change: () => {
        pull().spec.state = 'closed';
      },
      fields: {},
      code: 'gates-unmet',
    },
    {
      reason: 'a missing approval',
      change: () => bed.add(BranchProtection, 'p', { refs: ['main'], requiredApprovals: 1 }),
      fields: {},
      code: 'gates-unmet',
    },
    {
      reason: 'requested changes',
      change: () =>
        bed.add(Review, 'r', { pullRequest: 'web-1', decision: 'changes_requested', reviewer: 'eve' }),
      fields: {},
      code: 'gates-unmet',
    },
    {
      reason: 'an archived repository',
      change: () => {
        bed.objects.get('repositories/web').spec.archived = true;
      },
      fields: {},
      code: 'gates-unmet',
    },
    {
      reason: 'another pull request of the same name',
      change: () => {
        pull().metadata.uid = 'other';
      },
      fields: { uid: 'uid-2' },
      code: 'gone',
    },
  ])('refuses $reason at the last moment', async ({ change, fields, code }) => {
    const before = await bed.repositories.readRef(web, MAIN);
    change();
    await expect(perform(fields)).rejects.toMatchObject({ code, retryable: false });
    expect(await bed.repositories.readRef(web, MAIN)).toBe(before);
  });

  it('passes a protection that wants pull requests', async () => {
    bed.add(BranchProtection, 'p', { refs: ['main'] });
    await expect(perform()).resolves.toMatchObject({ mergedBy: 'mia' });
  });

  describe('when it crashes', () => {
    it('before the ref moved, nothing happened', async () => {
      const stop = jest.spyOn(bed.repositories, 'updateRef').mockRejectedValueOnce(new Error('power cut'));
      await expect(perform()).rejects.toThrow('power cut');
      stop.mockRestore();
      expect(await observe()).toEqual({ state: 'absent' });
      await perform();
      expect((await log('%H', MAIN, '--merges')).split('\n')).toHaveLength(1);
    });

    it.each(['merge', 'squash', 'rebase'] as const)(
      'after the ref moved, the %s is found and not repeated',
      async method => {
        const done = await perform({ method });
        await moveMain('later.txt', 'x');
        expect(await observe({ method })).toMatchObject({
          state: 'done',
          result: { mergeCommit: done.mergeCommit },
        });
      },
    );

    it('is not fooled by a commit that names the pull request, pushed to a target nobody protects', async () => {
      await bed.client(['checkout', '--quiet', '-B', 'main', 'origin/main'], work);
      await bed.commitFile(work, 'x', 'x', `Merged!\n\nKrate-Pull-Request: ${pull().metadata.uid}`);
      expect((await bed.client(['push', '--quiet', 'origin', 'main'], work)).exitCode).toBe(0);
      expect(await observe()).toEqual({ state: 'absent' });
    });

    it('between the note and the move of the target, nothing happened', async () => {
      const noted = await bed.repositories.readRef(web, 'refs/heads/fix');
      await bed.repositories.noteMerge(web, pull().metadata.uid, noted!);
      expect(await observe()).toEqual({ state: 'absent' });
    });
  });

  it('follows a target that moves under it', async () => {
    const move = jest.spyOn(bed.repositories, 'updateRef');
    move.mockRejectedValueOnce(new RefMovedError(MAIN));
    await perform();
    expect(move).toHaveBeenCalledTimes(2);
  });

  it('races with pushes and leaves a whole repository with everything in it', async () => {
    await bed.client(['checkout', '--quiet', '-B', 'main', 'origin/main'], work);
    const pushAll = async () => {
      for (let i = 0; i < 6; i++) {
        await bed.commitFile(work, `push-${i}.txt`, `${i}`);
        await bed.client(['pull', '--quiet', '--no-edit', '--no-rebase', 'origin', 'main'], work);
        await bed.client(['push', '--quiet', 'origin', 'main'], work);
      }
    };
    const [result] = await Promise.all([perform(), pushAll()]);
    await bed.client(['pull', '--quiet', '--no-edit', '--no-rebase', 'origin', 'main'], work);
    await bed.client(['push', '--quiet', 'origin', 'main'], work);
    const tip = (await bed.repositories.readRef(web, MAIN))!;
    expect(await bed.repositories.isAncestor(web, result.mergeCommit, tip)).toBe(true);
    const files = await bed.git.text(['ls-tree', '--name-only', tip], {
      gitDir: bed.repositories.directory(web),
    });
    expect(files.split('\n')).toEqual(['a.txt', 'b.txt', ...[0, 1, 2, 3, 4, 5].map(i => `push-${i}.txt`)]);
    expect((await fsck()).exitCode).toBe(0);
  });

  it('is known to be merged when its head comes to the target by push, and when its branch is gone', async () => {
    const facts = await observer.observe(pull());
    expect(facts).toMatchObject({
      state: 'ready',
      commits: 2,
      changedFiles: 2,
      additions: 2,
      deletions: 1,
      conflictingFiles: [],
      recordedHeadMerged: false,
    });
    pull().status = { headSha: head, commits: 2 };
    await bed.client(['push', '--quiet', 'origin', 'fix:main', ':fix'], work);
    expect(await observer.observe(pull())).toMatchObject({
      sourceExists: false,
      headSha: head,
      recordedHeadMerged: true,
    });
  });
});
