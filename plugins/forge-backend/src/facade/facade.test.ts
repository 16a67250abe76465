import { writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestFacade } from '@krate/plugin-control-plane-backend/testkit';
import { GitRunner } from '@krate/plugin-forge-node';
import forge from '../index';

jest.setTimeout(120_000);

/** The forge's part of the REST facade on a real control plane, with real git. */
describe('repositories and pull requests over REST', () => {
  let facade: TestFacade;
  let directory: string;
  let head: string;
  const git = new GitRunner();
  const admin = () => facade.as('admin');
  const at = (path: string) => `/api/orgs/acme/${path}`;

  async function until(path: string, check: (body: any) => boolean): Promise<any> {
    const end = Date.now() + 60_000;
    for (;;) {
      const { body } = await admin().get(path);
      if (check(body)) return body;
      if (Date.now() > end) throw new Error(`${path} stays ${JSON.stringify(body, null, 1)}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  /** Pushes a commit on a new branch with the token of a person. */
  async function push(branch: string): Promise<string> {
    const { token } = await facade.plane.controlPlane.tokens.issue({
      principal: { type: 'user', name: 'admin' },
      purpose: 'access',
      description: 'git',
    });
    const work = join(directory, branch);
    const url = `${facade.plane.url.replace('//', `//admin:${token}@`)}/git/acme/web.git`;
    const env = {
      ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'a@b' },
      ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'a@b' },
    };
    const run = (...args: string[]) => git.run(args, { cwd: args[0] === 'clone' ? directory : work, env });
    await run('clone', '--quiet', url, branch);
    await run('checkout', '--quiet', '-b', branch);
    await writeFile(join(work, `${branch}.txt`), 'new\n');
    await run('add', '--all');
    await run('commit', '--quiet', '-m', `Add ${branch}`);
    await run('push', '--quiet', 'origin', branch);
    return (await run('rev-parse', 'HEAD')).stdout.toString().trim();
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-forge-rest-'));
    facade = await TestFacade.start({ features: [forge] });
    await facade.organization('acme');
    await facade.member('acme', 'mia', 'maintainer');
    await facade.member('acme', 'dev', 'developer');
  });
  afterAll(async () => {
    await facade.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('makes, lists, reads and deletes repositories', async () => {
    const made = await admin().post(at('repositories'), { name: 'gone', description: 'Soon' });
    expect([made.status, made.body.repository.spec.description]).toEqual([201, 'Soon']);
    expect((await admin().post(at('repositories'), { name: 'gone' })).status).toBe(409);
    expect((await facade.as('dev').post(at('repositories'), { name: 'mine' })).status).toBe(403);
    const list = await facade.as('dev').get(at('repositories'));
    expect(list.body).toMatchObject({ total: 1, items: [{ metadata: { name: 'gone' } }] });
    expect((await admin().delete(at('repositories/gone'))).body).toMatchObject({ name: 'gone' });
    await until(at('repositories/gone'), body => body.error?.code === 'NOT_FOUND');
  });

  it('takes a change from the proposal to the merge', async () => {
    await admin().post(at('resources'), {
      kind: 'Repository',
      metadata: { name: 'web' },
      spec: { initialize: { files: [{ path: 'README.md', content: 'web\n' }] } },
    });
    await until(at('repositories/web'), body => Boolean(body.status?.headSha));
    head = await push('fix');

    const opened = await facade
      .as('dev')
      .post(at('pullrequests'), { repository: { name: 'web' }, title: 'Fix it', head: 'fix' });
    expect([opened.status, opened.body.metadata?.name]).toEqual([201, 'web-1']);
    expect(opened.body.spec).toMatchObject({ targetRef: 'refs/heads/main', author: 'dev' });
    await until(at('pullrequests/web-1'), body => body.status?.headSha === head);
    const open = await admin().get(at('pullrequests?repository=web&phase=open'));
    expect(open.body.items).toHaveLength(1);

    const review = await facade.as('mia').post(at('pullrequests/web-1/reviews'), { decision: 'approve' });
    expect([review.status, review.body.spec?.decision, review.body.spec?.reviewer]).toEqual([
      201,
      'approved',
      'mia',
    ]);
    const stale = await facade
      .as('mia')
      .post(at('pullrequests/web-1/merge'), { expectedHeadSha: '0'.repeat(40), waitSeconds: 30 });
    expect([stale.status, stale.body.error?.code]).toEqual([409, 'MERGE_REFUSED']);
    expect((await facade.as('dev').post(at('pullrequests/web-1/merge'))).status).toBe(403);
    const merged = await facade
      .as('mia')
      .post(at('pullrequests/web-1/merge'), { method: 'squash', waitSeconds: 30 });
    expect([merged.status, merged.body.merged]).toEqual([200, true]);
    const again = await facade.as('mia').post(at('pullrequests/web-1/merge'));
    expect([again.status, again.body.error.code]).toEqual([409, 'ALREADY_MERGED']);
  });

  it('tells how checks ended, and lets nobody dictate it', async () => {
    const dictated = await admin().post(at('pullrequests/web-1/checks/complete'), { phase: 'Succeeded' });
    expect([dictated.status, dictated.body.error.code]).toEqual([422, 'CHECK_IS_MEASURED']);
    const asked = await admin().post(at('pullrequests/web-1/checks/complete'), { waitSeconds: 0 });
    expect(asked.body).toMatchObject({ complete: false, passed: false, checks: [] });
  });

  it.each([
    ['a pull request without a source', 'pullrequests', { repository: 'web', title: 'x' }, 400],
    [
      'a pull request in a repository that is not there',
      'pullrequests',
      { repository: 'no', title: 'x', head: 'a' },
      404,
    ],
    ['a review of nothing', 'pullrequests/web-9/reviews', { decision: 'approve' }, 404],
    ['a verdict that is none', 'pullrequests/web-1/reviews', { decision: 'maybe' }, 400],
    ['a merge of nothing', 'pullrequests/web-9/merge', {}, 404],
    ['a field that is none', 'repositories', { name: 'x', colour: 'red' }, 400],
  ])('refuses %s', async (_reason, path, body, status) => {
    expect((await admin().post(at(path), body)).status).toBe(status);
  });
});
