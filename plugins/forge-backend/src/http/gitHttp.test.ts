import { randomBytes } from 'node:crypto';
import { readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BranchProtection, PullRequest, Repository, RepositoryPermission } from '@krate/plugin-forge-common';
import { ForgeBed, NAMESPACE } from '../__fixtures__/ForgeBed';

jest.setTimeout(60_000);

describe('git over HTTP, with a real git client', () => {
  let bed: ForgeBed;
  const web = { namespace: NAMESPACE, repository: 'web' };

  beforeEach(async () => {
    bed = await ForgeBed.start();
    bed.add(Repository, 'web', {});
    await bed.createRepository('web', [
      { path: 'README.md', content: '# web\n' },
      { path: 'src/index.js', content: 'run();\n', executable: true },
    ]);
  });
  afterEach(() => bed.stop());

  const clone = async (user: string, to = 'work', ...options: string[]) => {
    const result = await bed.client(['clone', '--quiet', ...options, bed.url('web', user), to]);
    return { ...result, work: join(bed.directory, to) };
  };

  it('clones what the first commit holds and pushes a change', async () => {
    const { work, exitCode } = await clone('ada');
    expect(exitCode).toBe(0);
    expect((await bed.client(['ls-files', '-s'], work)).stdout).toMatch(
      /100644 .*README.md\n100755 .*src\/index.js/,
    );
    const sha = await bed.commitFile(work, 'new.txt', 'new\n');
    const push = await bed.client(['push', 'origin', 'HEAD:main', 'HEAD:topic'], work);
    expect(push.stderr).toContain('main -> main'.replace('main ->', 'HEAD ->'));
    expect(await bed.repositories.readRef(web, 'refs/heads/main')).toBe(sha);
    // git is answered before the rest of Krate is told.
    await until(async () => bed.woken.includes('Repository/web'));
    expect(bed.audit).toContainEqual(
      expect.objectContaining({
        action: 'git.push',
        outcome: 'allowed',
        organization: 'acme',
        principal: { type: 'user', name: 'ada' },
      }),
    );
  });

  it('streams packs larger than its buffers in both directions', async () => {
    const { work } = await clone('ada');
    await writeFile(join(work, 'large.bin'), randomBytes(12 * 1024 * 1024));
    const sha = await bed.commitFile(work, 'small.txt', 'x');
    expect((await bed.client(['push', '--quiet', 'origin', 'main'], work)).exitCode).toBe(0);
    const again = await clone('vera', 'again');
    expect((await bed.client(['rev-parse', 'HEAD'], again.work)).stdout.trim()).toBe(sha);
    expect((await bed.client(['fsck', '--strict'], again.work)).exitCode).toBe(0);
  });

  it('takes compressed requests as they come', async () => {
    const response = await fetch(`${bed.url('web')}/git-upload-pack`, {
      method: 'POST',
      body: gzipSync('0014command=ls-refs\n00010000'),
      headers: {
        authorization: `Basic ${Buffer.from('ada:token-ada').toString('base64')}`,
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
        'git-protocol': 'version=2',
      },
    });
    expect(await response.text()).toMatch(/^[0-9a-f]{44} HEAD\n.*refs\/heads\/main\n0000$/);
  });

  it('serves shallow and blobless clones', async () => {
    const { work } = await clone('ada');
    await bed.commitFile(work, 'a', '1');
    await bed.client(['push', '--quiet', 'origin', 'main'], work);
    const shallow = await clone('ada', 'shallow', '--depth=1');
    expect((await bed.client(['rev-list', '--count', 'HEAD'], shallow.work)).stdout.trim()).toBe('1');
    const blobless = await clone('ada', 'blobless', '--filter=blob:none', '--no-checkout');
    const missing = await bed.client(['rev-list', '--objects', '--all', '--missing=print'], blobless.work);
    expect(missing.stdout.split('\n').filter(line => line.startsWith('?'))).toHaveLength(3);
  });

  it('names the rule in the client’s own output when a push is refused', async () => {
    bed.add(BranchProtection, 'web-main', { repository: 'web', refs: ['main'] });
    const { work } = await clone('ada');
    await bed.commitFile(work, 'a', '1');
    const push = await bed.client(['push', 'origin', 'main'], work);
    expect(push.exitCode).toBe(1);
    expect(push.stderr).toContain(
      'main is protected by web-main: changes only by pull request [require-pull-request]',
    );
    expect(bed.audit).toContainEqual(expect.objectContaining({ action: 'git.push', outcome: 'denied' }));
    expect((await bed.client(['push', 'origin', 'HEAD:topic'], work)).exitCode).toBe(0);
  });

  it('sees a rewritten history among objects that are still in quarantine', async () => {
    bed.add(BranchProtection, 'web-topic', { refs: ['topic'], requirePullRequest: false });
    const { work } = await clone('ada');
    await bed.commitFile(work, 'a', '1');
    await bed.client(['push', '--quiet', 'origin', 'HEAD:topic'], work);
    await bed.commitFile(work, 'b', '2');
    expect((await bed.client(['push', 'origin', 'HEAD:topic'], work)).exitCode).toBe(0);
    await bed.client(['reset', '--quiet', '--hard', 'HEAD~2'], work);
    await bed.commitFile(work, 'c', '3');
    const push = await bed.client(['push', '--force', 'origin', 'HEAD:topic'], work);
    expect(push.stderr).toContain('[force-push]');
    expect((await bed.client(['push', 'origin', ':topic'], work)).stderr).toContain('[deletion]');
  });

  it.each([
    {
      reason: 'refs of pull requests belong to the server',
      ref: 'refs/pull/1/head',
      says: '[reserved-namespace]',
    },
    { reason: 'so do all other namespaces', ref: 'refs/notes/commits', says: '[reserved-namespace]' },
    { reason: 'a huge name', ref: `refs/heads/${'x'.repeat(251)}`, says: 'rejected' },
    { reason: 'the name of an object', ref: `refs/heads/${'a'.repeat(40)}`, says: '[invalid-name]' },
  ])('refuses $reason', async ({ ref, says }) => {
    const { work } = await clone('ada');
    const push = await bed.client(['push', 'origin', `HEAD:${ref}`], work);
    expect(push.exitCode).not.toBe(0);
    expect(push.stderr).toContain(says);
  });

  it('hides the refs that belong to the server alone and shows those of pull requests', async () => {
    const { work } = await clone('ada');
    const head = (await bed.client(['rev-parse', 'HEAD'], work)).stdout.trim();
    const gitDir = bed.repositories.directory(web);
    for (const ref of ['refs/krate/workspaces/u-1', 'refs/pull/1/head'])
      await bed.git.run(['update-ref', ref, head], { gitDir });
    for (const version of [0, 2]) {
      const listed = (await bed.client(['-c', `protocol.version=${version}`, 'ls-remote', 'origin'], work))
        .stdout;
      expect(listed).toContain('refs/pull/1/head');
      expect(listed).not.toContain('refs/krate');
    }
    const mirror = await clone('ada', 'mirror', '--mirror');
    expect((await bed.client(['for-each-ref', 'refs/krate'], mirror.work)).stdout).toBe('');
    for (const spec of ['HEAD:refs/krate/x', ':refs/krate/workspaces/u-1']) {
      expect((await bed.client(['push', 'origin', spec], work)).exitCode).not.toBe(0);
    }
    expect(await bed.repositories.readRef(web, 'refs/krate/workspaces/u-1')).toBe(head);
  });

  it('refuses objects that fsck refuses', async () => {
    const { work } = await clone('ada');
    const blob = (await bed.client(['rev-parse', 'HEAD:README.md'], work)).stdout.trim();
    const tree = await bed.git.text(['mktree'], { cwd: work, input: `100644 blob ${blob}\t.GIT\n` });
    const commit = (await bed.client(['commit-tree', tree, '-p', 'HEAD', '-m', 'trick'], work)).stdout.trim();
    const push = await bed.client(['push', 'origin', `${commit}:refs/heads/trick`], work);
    expect(push.exitCode).not.toBe(0);
    expect(push.stderr).toMatch(/hasDotgit/);
  });

  it('says that an archived repository is archived', async () => {
    bed.objects.get('repositories/web').spec.archived = true;
    const { work, exitCode } = await clone('ada');
    expect(exitCode).toBe(0);
    await bed.commitFile(work, 'a', '1');
    expect((await bed.client(['push', 'origin', 'main'], work)).stderr).toContain('web is archived');
  });

  it('keeps a whole repository when pushes race', async () => {
    const people = await Promise.all(['one', 'two', 'three', 'four'].map(to => clone('ada', to)));
    await Promise.all(people.map(({ work }, index) => bed.commitFile(work, `${index}.txt`, `${index}`)));
    const pushes = await Promise.all(people.map(({ work }) => bed.client(['push', 'origin', 'main'], work)));
    expect(pushes.filter(({ exitCode }) => exitCode === 0)).toHaveLength(1);
    const fsck = await bed.git.run(['fsck', '--strict', '--connectivity-only'], {
      gitDir: bed.repositories.directory(web),
    });
    expect(fsck.exitCode).toBe(0);
  });

  describe('who may', () => {
    const status = async (user: string | undefined, repository: string, service: string) => {
      const headers = user
        ? { authorization: `Basic ${Buffer.from(`${user}:token-${user}`).toString('base64')}` }
        : undefined;
      const response = await fetch(`${bed.url(repository)}/info/refs?service=${service}`, { headers });
      return {
        code: response.status,
        challenge: response.headers.get('www-authenticate'),
        body: await response.text(),
      };
    };
    const FETCH = 'git-upload-pack';
    const PUSH = 'git-receive-pack';

    beforeEach(async () => {
      for (const visibility of ['public', 'internal']) {
        bed.add(Repository, visibility, { visibility });
        await bed.createRepository(visibility);
      }
      bed.add(RepositoryPermission, 'web-eve', {
        repository: 'web',
        subject: { kind: 'User', name: 'eve' },
        permission: 'read',
      });
      bed.add(RepositoryPermission, 'web-max', {
        repository: 'web',
        subject: { kind: 'User', name: 'max' },
        permission: 'write',
      });
      bed.add(RepositoryPermission, 'web-old', {
        repository: 'web',
        subject: { kind: 'User', name: 'old' },
        permission: 'admin',
        revoked: true,
      });
    });

    it.each([
      { reason: 'a developer pushes', user: 'ada', repository: 'web', service: PUSH, code: 200 },
      { reason: 'a viewer fetches', user: 'vera', repository: 'web', service: FETCH, code: 200 },
      {
        reason: 'a viewer does not push, and knows of it',
        user: 'vera',
        repository: 'web',
        service: PUSH,
        code: 403,
      },
      {
        reason: 'a stranger does not learn of a private one',
        user: 'stranger',
        repository: 'web',
        service: FETCH,
        code: 404,
      },
      { reason: 'nor by pushing', user: 'stranger', repository: 'web', service: PUSH, code: 404 },
      {
        reason: 'an absent one answers the same',
        user: 'stranger',
        repository: 'absent',
        service: FETCH,
        code: 404,
      },
      { reason: 'nobody is asked to sign in', user: undefined, repository: 'web', service: FETCH, code: 401 },
      {
        reason: 'the same for an absent one',
        user: undefined,
        repository: 'absent',
        service: FETCH,
        code: 401,
      },
      {
        reason: 'the same for a name that is none',
        user: undefined,
        repository: '..%2f..%2fetc',
        service: FETCH,
        code: 401,
      },
      {
        reason: 'anybody fetches a public one',
        user: undefined,
        repository: 'public',
        service: FETCH,
        code: 200,
      },
      {
        reason: 'nobody pushes to it unknown',
        user: undefined,
        repository: 'public',
        service: PUSH,
        code: 401,
      },
      {
        reason: 'a member of another organization fetches an internal one',
        user: 'stranger',
        repository: 'internal',
        service: FETCH,
        code: 200,
      },
      { reason: 'and does not push', user: 'stranger', repository: 'internal', service: PUSH, code: 403 },
      {
        reason: 'somebody without a place anywhere does not learn of it',
        user: 'nobodys',
        repository: 'internal',
        service: FETCH,
        code: 404,
      },
      {
        reason: 'internal is not public',
        user: undefined,
        repository: 'internal',
        service: FETCH,
        code: 401,
      },
      { reason: 'a permission to read', user: 'eve', repository: 'web', service: FETCH, code: 200 },
      { reason: 'is not one to write', user: 'eve', repository: 'web', service: PUSH, code: 403 },
      { reason: 'a permission to write', user: 'max', repository: 'web', service: PUSH, code: 200 },
      {
        reason: 'holds for its repository only',
        user: 'max',
        repository: 'public',
        service: PUSH,
        code: 403,
      },
      {
        reason: 'a revoked permission gives nothing',
        user: 'old',
        repository: 'web',
        service: FETCH,
        code: 404,
      },
      { reason: 'a run fetches its repository', user: 'run', repository: 'web', service: FETCH, code: 200 },
      { reason: 'a run never pushes', user: 'run', repository: 'web', service: PUSH, code: 403 },
      {
        reason: 'a run does not see other repositories',
        user: 'run',
        repository: 'internal',
        service: FETCH,
        code: 404,
      },
      {
        reason: 'dumb clients are refused',
        user: 'ada',
        repository: 'web',
        service: 'git-upload-archive',
        code: 403,
      },
    ])('$reason ($code)', async ({ user, repository, service, code }) => {
      const answer = await status(user, repository, service);
      expect(answer.code).toBe(code);
      expect(answer.challenge !== null).toBe(code === 401);
    });

    it('gives strangers the same words for what is hidden and what is not there', async () => {
      expect(await status('stranger', 'web', FETCH)).toEqual(await status('stranger', 'absent', FETCH));
      expect(await status(undefined, 'web', PUSH)).toEqual(await status(undefined, 'absent', PUSH));
    });

    it('refuses a bad token', async () => {
      const response = await fetch(`${bed.url('public')}/info/refs?service=${FETCH}`, {
        headers: { authorization: 'Basic YTpi' },
      });
      expect(response.status).toBe(401);
    });

    it.each(['HEAD', 'config', 'objects/info/packs', 'info/refs', '../web.git/HEAD'])(
      'serves no file of a repository: %s',
      async path => {
        const response = await fetch(`${bed.url('public')}/${path}`);
        expect([403, 404]).toContain(response.status);
      },
    );
  });

  it('ends git when the client goes away', async () => {
    const abort = new AbortController();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('00a1'));
      },
    });
    const headers = {
      authorization: `Basic ${Buffer.from('ada:token-ada').toString('base64')}`,
      'content-type': 'application/x-git-receive-pack-request',
    };
    const request = fetch(`${bed.url('web')}/git-receive-pack`, {
      method: 'POST',
      body,
      headers,
      signal: abort.signal,
      duplex: 'half',
    } as any);
    request.catch(() => {});
    const children = () => processesIn(bed.directory);
    await until(async () => (await children()) > 0);
    abort.abort();
    await until(async () => (await children()) === 0);
    expect(await children()).toBe(0);
  });

  it('wakes the pull requests that are not merged', async () => {
    bed.add(PullRequest, 'web-1', {
      repository: 'web',
      title: 'x',
      sourceRef: 'refs/heads/x',
      targetRef: 'refs/heads/main',
    });
    const { work } = await clone('ada');
    await bed.client(['push', '--quiet', 'origin', 'HEAD:x'], work);
    await until(async () => bed.woken.includes('PullRequest/web-1'));
  });
});

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await check()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('It did not come about');
}

/** Git processes whose working directory is below `directory`. */
async function processesIn(directory: string): Promise<number> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const places = await Promise.all(pids.map(pid => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return places.filter(place => place.startsWith(directory)).length;
}
