import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import controlPlane from '@krate/plugin-control-plane-backend';
import { GitRunner } from '@krate/plugin-forge-node';
import request from 'supertest';
import forge from './index';

jest.setTimeout(120_000);

const KRATE = '/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces';
const ACME = `${KRATE}/krate-org-acme`;
const admin = mockCredentials.user.header('user:default/admin');
const mia = mockCredentials.user.header('user:default/mia');
const WORKFLOW = `on: { push: { branches: [main] }, pullRequest: true }
jobs:
  test: { steps: [{ name: look, run: 'test ! -e broken && echo all is well' }] }
`;

/** The forge installed in the real control plane: real store, admission, authority, controllers, git, HTTP, sandbox. */
describe('the forge in the control plane', () => {
  let directory: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const log: string[] = [];
  const told: string[] = [];
  let token: string;
  const git = new GitRunner();

  const http = () => request(backend.server);

  async function start() {
    const logger = createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => {
        const keep = (message: string, meta?: unknown) => void log.push(`${message} ${meta ?? ''}`);
        const made = { error: keep, warn: keep, info: keep, debug: () => {}, child: () => made };
        return made;
      },
    });
    const config = {
      backend: { baseUrl: 'http://127.0.0.1:7007' },
      krate: {
        dataDirectory: join(directory, 'data'),
        api: { enabled: false },
        signIn: { printLink: false },
      },
    };
    const notifications = createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send: async ({ payload }) => void told.push(payload.title) }),
    });
    backend = await startTestBackend({
      features: [
        notifications,
        controlPlane,
        forge,
        logger,
        mockServices.rootConfig.factory({ data: config }),
      ],
    });
    const link = await http()
      .post('/api/krate/tokens')
      .set('Authorization', admin)
      .send({ purpose: 'sign-in', user: 'admin' });
    token = (await http().post('/api/krate/login').send({ token: link.body.token })).body.token;
  }

  async function create(path: string, kind: string, name: string | undefined, spec: object, who = admin) {
    const answer = await http()
      .post(path)
      .set('Authorization', who)
      .send({ apiVersion: 'krate.a5c.ai/v1alpha1', kind, metadata: name ? { name } : {}, spec });
    return answer;
  }
  const read = async (path: string) => (await http().get(path).set('Authorization', admin)).body;
  const patch = (path: string, body: object, who = admin) =>
    http()
      .patch(path)
      .set('Authorization', who)
      .set('Content-Type', 'application/merge-patch+json')
      .send(body);
  async function until(path: string, check: (body: any) => boolean): Promise<any> {
    const end = Date.now() + 20_000;
    for (;;) {
      const body = await read(path);
      if (check(body)) return body;
      if (Date.now() > end)
        throw new Error(`${path} stays\n${JSON.stringify(body, null, 1)}\n${log.slice(-30).join('\n')}`);
      await new Promise(resolve => setTimeout(resolve, 30));
    }
  }
  const url = () =>
    `http://admin:${token}@127.0.0.1:${(backend.server.address() as AddressInfo).port}/git/acme/web.git`;
  const identity = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'a@b',
  };
  const run = async (...args: string[]) => {
    const result = await git.run(args, {
      cwd: args[0] === 'clone' ? directory : join(directory, 'work'),
      env: identity,
      okCodes: [0, 1, 128],
    });
    return { ...result, text: result.stdout.toString().trim() };
  };
  const commit = async (path: string, content: string) => {
    await writeFile(join(directory, 'work', path), content);
    await run('add', '--all');
    expect((await run('commit', '--quiet', '-m', `Change ${path}`)).exitCode).toBe(0);
    return (await run('rev-parse', 'HEAD')).text;
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-forge-'));
    await chmod(directory, 0o711);
    await start();
    await create(`${KRATE}/krate-system/organizations`, 'Organization', 'acme', { displayName: 'Acme' });
    await until(`${KRATE}/krate-system/organizations/acme`, ({ status }) => status?.phase === 'Ready');
    await create(`${ACME}/users`, 'User', 'mia', { displayName: 'Mia M', email: 'mia@acme.example' });
    await create(`${ACME}/identitymappings`, 'IdentityMapping', 'mia', {
      user: 'mia',
      provider: 'backstage',
      subject: 'mia',
    });
    await create(`${ACME}/agentrolebindings`, 'AgentRoleBinding', 'mia', {
      subject: { kind: 'User', name: 'mia' },
      scope: { kind: 'organization' },
      roleRef: { name: 'maintainer' },
    });
    await create(`${ACME}/runnerpools`, 'RunnerPool', 'local', {
      warmReplicas: 0,
      maxReplicas: 1,
      trustTier: 'untrusted',
    });
  });
  afterAll(async () => {
    await backend.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('hosts a repository and runs the pipeline of its first commit', async () => {
    const files = [
      { path: '.krate/pipelines/ci.yaml', content: WORKFLOW },
      { path: 'README.md', content: '# web\n' },
    ];
    const made = await create(`${ACME}/repositories`, 'Repository', 'web', { initialize: { files } });
    expect([made.status, made.body.message]).toEqual([201, undefined]);
    const { status } = await until(
      `${ACME}/repositories/web`,
      body => body.status?.headSha && body.status.pipelinesSha,
    );
    expect(status).toMatchObject({
      cloneUrl: 'http://127.0.0.1:7007/git/acme/web.git',
      branches: 1,
      pipelinesSha: status.headSha,
    });
    const pipeline = `${ACME}/pipelines/web-ci-${status.headSha.slice(0, 8)}`;
    expect(await until(pipeline, body => body.status?.finishedAt)).toMatchObject({
      spec: { trustTier: 'trusted' },
      status: { phase: 'Succeeded' },
    });
    const job = await until(
      `${ACME}/jobs/web-ci-${status.headSha.slice(0, 8)}-test`,
      body => body.status?.finishedAt,
    );
    expect(job.status).toMatchObject({
      phase: 'Succeeded',
      exitCode: 0,
      steps: [{ name: 'look', phase: 'Succeeded' }],
    });
    expect(await until(`${ACME}/runnerpools/local`, body => body.status?.active === 0)).toMatchObject({
      status: { phase: 'Idle', available: 1 },
    });
    expect((await run('clone', '--quiet', url(), 'work')).exitCode).toBe(0);
  });

  it('takes a change from a branch through checks and review to the merge', async () => {
    await create(`${ACME}/branchprotections`, 'BranchProtection', 'main', {
      repository: 'web',
      refs: ['main'],
      requiredApprovals: 1,
      requiredChecks: ['ci'],
    });
    await run('checkout', '--quiet', '-b', 'fix');
    await commit('broken', 'x');
    expect((await run('push', 'origin', 'HEAD:main')).stderr).toContain(
      'protected by main: changes only by pull request [require-pull-request]',
    );
    expect((await run('push', '--quiet', 'origin', 'fix')).exitCode).toBe(0);
    const made = await create(`${ACME}/pullrequests`, 'PullRequest', undefined, {
      repository: 'web',
      title: 'Fix it',
      sourceRef: 'fix',
      targetRef: 'main',
    });
    expect([made.status, made.body.message]).toEqual([201, undefined]);
    expect(made.body).toMatchObject({
      metadata: { name: 'web-1' },
      spec: { number: 1, author: 'admin', sourceRef: 'refs/heads/fix' },
    });
    const pull = `${ACME}/pullrequests/web-1`;

    const failed = await until(pull, body =>
      body.status?.checks?.some((check: any) => check.state === 'Failed'),
    );
    expect(failed.status).toMatchObject({
      commits: 1,
      mergeable: false,
      checks: [{ context: 'ci/test', required: true }],
    });
    await run('rm', '--quiet', 'broken');
    const head = await commit('good', 'y');
    await run('push', '--quiet', 'origin', 'fix');
    await until(
      pull,
      body => body.status?.headSha === head && body.status.checks?.[0]?.state === 'Succeeded',
    );

    const review = { pullRequest: 'web-1', decision: 'approved' };
    const own = await create(`${ACME}/reviews`, 'Review', 'own', review);
    expect([own.status, own.body.details?.causes?.[0]?.reason]).toEqual([403, 'OWN_PULL_REQUEST']);
    const early = await patch(pull, { spec: { merge: { expectedHeadSha: head } } });
    expect(early.status).toBe(200);
    const refused = await until(pull, body => body.status?.mergeRefused && !body.spec.merge);
    expect(refused.status.mergeRefused).toMatchObject({
      code: 'gates-unmet',
      message: expect.stringContaining('1 of 1 approvals missing'),
    });

    expect((await create(`${ACME}/reviews`, 'Review', 'mias', review, mia)).status).toBe(201);
    await until(pull, body => body.status?.mergeable === true);
    expect((await patch(pull, { spec: { merge: { expectedHeadSha: head } } }, mia)).status).toBe(200);
    const merged = await until(pull, body => body.status?.phase === 'Merged');
    expect(merged.status).toMatchObject({
      mergedBy: 'mia',
      conditions: expect.arrayContaining([expect.objectContaining({ type: 'Merged', status: 'True' })]),
    });
    await until(
      `${ACME}/pipelines/web-ci-${merged.status.mergeCommit.slice(0, 8)}`,
      body => body.status?.phase === 'Succeeded',
    );
    await run('fetch', '--quiet', 'origin');
    expect((await run('rev-parse', 'origin/main')).text).toBe(merged.status.mergeCommit);
    expect((await run('log', '-1', '--format=%an <%ae> %P', 'origin/main')).text).toMatch(
      /^Mia M <mia@acme.example> [0-9a-f]{40} [0-9a-f]{40}$/,
    );
  });

  it('knows that a branch came to its target by another way, and keeps its commits', async () => {
    await run('checkout', '--quiet', '-b', 'other', 'origin/main');
    const head = await commit('other', 'z');
    expect(
      (await run('push', '--quiet', 'origin', 'HEAD:refs/heads/other', 'HEAD~1:refs/heads/release')).stderr,
    ).toBe('');
    await create(`${ACME}/pullrequests`, 'PullRequest', undefined, {
      repository: 'web',
      title: 'Other',
      sourceRef: 'other',
      targetRef: 'release',
    });
    await until(`${ACME}/pullrequests/web-2`, body => body.status?.commits === 1);
    expect((await run('push', '--quiet', 'origin', 'HEAD:refs/heads/release', ':other')).stderr).toBe('');
    const { status } = await until(`${ACME}/pullrequests/web-2`, body => body.status?.phase === 'Merged');
    expect(status.mergeCommit).toBe(head);
    expect((await run('ls-remote', 'origin', 'refs/pull/2/head')).text).toContain(head);
    expect(await read(`/api/krate/forge/acme/web/pulls/web-2/diff`)).toMatchObject({
      files: [{ path: 'other', status: 'added' }],
    });
  });

  it('lets a person run a workflow again, and never another one', async () => {
    const sha = (await run('rev-parse', 'origin/main')).text;
    const spec = {
      repository: 'web',
      ref: 'refs/heads/main',
      sha,
      workflow: 'ci',
      jobs: [{ name: 'test', steps: [{ name: 'cheat', run: 'true' }] }],
    };
    const made = await create(`${ACME}/pipelines`, 'Pipeline', 'again', spec);
    expect(made.body.spec.jobs).toMatchObject([{ steps: [{ name: 'look' }] }]);
    await until(`${ACME}/pipelines/again`, body => body.status?.phase === 'Succeeded');
    const missing = await create(`${ACME}/pipelines`, 'Pipeline', 'missing', {
      ...spec,
      workflow: 'nothing',
    });
    expect([missing.status, missing.body.details.causes[0].reason]).toEqual([422, 'WORKFLOW_MISSING']);
  });

  it('loses nobody’s comment on an issue, and closes it with the commit that says so', async () => {
    await create(`${ACME}/repositories`, 'Repository', 'notes', {});
    const notes = url().replace('/web.git', '/notes.git');
    await until(`${ACME}/repositories/notes`, body => body.status?.phase === 'Ready');
    await run('push', '--quiet', notes, 'origin/main:refs/heads/main');
    await until(`${ACME}/repositories/notes`, body => body.status?.issuesSha);
    const made = await create(`${ACME}/issues`, 'Issue', undefined, { repository: 'notes', title: 'Prices' });
    const issue = `${ACME}/issues/${made.body.metadata.name}`;
    const say = (body: string, who: typeof admin, id?: string) =>
      patch(issue, { spec: { comment: { body, ...(id && { id }) } } }, who);
    const said = await Promise.all(['a', 'b', 'c'].flatMap(text => [say(text, admin), say(text, mia)]));
    expect(said.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const { comments } = (await read(issue)).spec;
    expect(comments.map(({ author }: any) => author).sort()).toEqual([
      ...Array(3).fill('admin'),
      ...Array(3).fill('mia'),
    ]);
    const mias = comments.find(({ author }: any) => author === 'mia');
    expect((await say('not mine', admin, mias.id)).body.details.causes[0].reason).toBe('COMMENT_OF_ANOTHER');
    expect((await patch(issue, { spec: { comments: [] } })).body.spec.comments).toHaveLength(6);

    await run('checkout', '--quiet', '-b', 'notes', 'origin/main');
    await writeFile(join(directory, 'work', 'note'), 'x');
    await run('add', '--all');
    await run('commit', '--quiet', '-m', 'Round prices\n\nCloses #1');
    await run('push', '--quiet', notes, 'HEAD:refs/heads/main');
    const closed = await until(issue, body => body.status?.phase === 'Closed');
    expect(told).toEqual(
      expect.arrayContaining(['mia on Prices #1', 'admin on Prices #1', 'Closed: Prices #1']),
    );
    expect(closed.spec.closed).toMatchObject({ by: 'Ada', commit: (await run('rev-parse', 'HEAD')).text });
  });

  it('says on the pull request what is wrong with a workflow', async () => {
    await run('checkout', '--quiet', '-b', 'bad', 'origin/main');
    await commit('.krate/pipelines/ci.yaml', 'jobs: [');
    expect((await run('push', '--quiet', 'origin', 'bad')).stderr).toBe('');
    await create(`${ACME}/pullrequests`, 'PullRequest', undefined, {
      repository: 'web',
      title: 'Bad',
      sourceRef: 'bad',
      targetRef: 'main',
    });
    const { status } = await until(`${ACME}/pullrequests/web-3`, body =>
      body.status?.checks?.some((check: any) => check.state === 'Failed'),
    );
    const pipeline = await read(`${ACME}/pipelines/${status.checks[0].pipeline}`);
    expect(pipeline.status.conditions[0].message).toContain('no YAML');
  });

  it('goes on after a restart, and runs nothing twice', async () => {
    const before = (await read(`${ACME}/pipelines`)).items.length;
    await backend.stop();
    await start();
    await until(`${ACME}/repositories/web`, body => body.status?.phase === 'Ready');
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect((await read(`${ACME}/pipelines`)).items).toHaveLength(before);
    expect((await read(`${ACME}/pullrequests/web-1`)).status.phase).toBe('Merged');
  });

  it('removes the repository with its object, and all that belongs to it', async () => {
    expect((await http().delete(`${ACME}/repositories/web`).set('Authorization', admin)).status).toBe(200);
    await until(`${ACME}/repositories/web`, body => body.reason === 'NotFound');
    expect(
      (await http().get('/git/acme/web.git/info/refs?service=git-upload-pack').auth('admin', token)).status,
    ).toBe(404);
    const ofWeb = ({ items }: any) => items.filter(({ spec }: any) => spec.repository === 'web');
    await until(`${ACME}/pullrequests`, body => ofWeb(body).length === 0);
    await until(`${ACME}/pipelines`, body => ofWeb(body).length === 0);
  });

  it('reports no trouble', () => {
    const expected = /^krate\.[a-z-]+ Error: \S+ denied|merge-pull-request\/.*approvals missing/;
    expect(log.filter(line => /error|cannot|could not|failed/i.test(line) && !expected.test(line))).toEqual(
      [],
    );
  });
});
