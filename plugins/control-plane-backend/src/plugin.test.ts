import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendModule, createServiceFactory, coreServices } from '@backstage/backend-plugin-api';
import { ControlPlane, controlPlaneExtensionPoint, Installation } from '@krate/plugin-control-plane-node';
import { defineKind, ref } from '@krate/resource-model';
import request from 'supertest';
import { z } from 'zod';
import plugin from './index';

const Repository = defineKind({
  kind: 'Repository',
  plural: 'repositories',
  area: 'test',
  storage: 'config',
  summary: 'For tests.',
  writableBy: 'developer',
  spec: z.object({ parent: ref('Repository').optional(), secretRef: z.string().optional() }),
  examples: [],
});

jest.setTimeout(20_000);

const Approval = defineKind({
  kind: 'Approval',
  plural: 'approvals',
  area: 'test',
  storage: 'record',
  summary: 'A question for a person.',
  writableBy: 'system',
  spec: z.object({
    question: z.string().optional(),
    decision: z.enum(['approve', 'deny']).optional(),
    comment: z.string().optional(),
    decidedBy: z.string().optional(),
    decidedAt: z.string().optional(),
  }),
  actions: {
    approve: {
      ...{ field: 'spec.decision', by: 'spec.decidedBy', at: 'spec.decidedAt', with: ['spec.comment'] },
      role: 'maintainer',
    },
  },
  examples: [],
});

type TestBackend = Awaited<ReturnType<typeof startTestBackend>>;

const KRATE = '/api/krate/apis/krate.a5c.ai/v1alpha1';
const admin = mockCredentials.user.header('user:default/admin');
const stranger = mockCredentials.user.header('user:default/eve');

describe('the control plane', () => {
  let directory: string;
  let backend: TestBackend | undefined;
  let log: string[];

  async function start(krate: object = {}, installation?: Installation): Promise<TestBackend> {
    const logger = createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => {
        const keep = (message: string) => void log.push(message);
        const made = { error: keep, warn: keep, info: keep, debug: () => {}, child: () => made };
        return made;
      },
    });
    backend = await startTestBackend({
      features: [
        plugin,
        logger,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://127.0.0.1:7007' },
            krate: { dataDirectory: directory, api: { listen: { port: 0 } }, ...krate },
          },
        }),
        createBackendModule({
          pluginId: 'krate',
          moduleId: 'test',
          register(env) {
            env.registerInit({
              deps: { controlPlane: controlPlaneExtensionPoint },
              async init({ controlPlane }) {
                controlPlane.install(installation ?? { area: 'test', kinds: [Repository] });
              },
            });
          },
        }),
      ],
    });
    return backend;
  }
  const http = () => request(backend!.server);
  const create = (path: string, object: object, who = admin) =>
    http()
      .post(`${KRATE}/${path}`)
      .set('Authorization', who)
      .send({ apiVersion: 'krate.a5c.ai/v1alpha1', ...object });

  async function eventually<T>(
    read: () => Promise<T>,
    check: (value: T) => boolean,
    what: string,
  ): Promise<T> {
    const deadline = Date.now() + 8_000;
    for (;;) {
      const value = await read();
      if (check(value)) return value;
      if (Date.now() > deadline) throw new Error(`${what}: ${JSON.stringify(value)}\n${log.join('\n')}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  async function organization(name: string, who = admin) {
    const made = await create(
      'namespaces/krate-system/organizations',
      {
        kind: 'Organization',
        metadata: { name },
        spec: { displayName: name.toUpperCase() },
      },
      who,
    );
    expect(made.status).toBe(201);
    return eventually(
      async () =>
        (await http().get(`${KRATE}/namespaces/krate-system/organizations/${name}`).set('Authorization', who))
          .body,
      body => body.status?.phase === 'Ready',
      'the organization is not Ready',
    );
  }
  const repository = (name: string, spec: object = {}) => ({ kind: 'Repository', metadata: { name }, spec });
  const linkIn = () => log.map(line => /sign in \(once\): (\S+)/.exec(line)?.[1]).find(Boolean);

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-'));
    log = [];
    // The link goes to the terminal; here the test is the terminal.
    jest.spyOn(process.stdout, 'write').mockImplementation(text => log.push(String(text)) > 0);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await backend?.stop();
    backend = undefined;
    await rm(directory, { recursive: true, force: true });
  });

  it('provisions an organization whose creator is its admin, and shows it to nobody else', async () => {
    await start();
    const ready = await organization('acme');
    expect(ready.status.conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'Ready', status: 'True', reason: 'Provisioned' }),
      ]),
    );
    const who = await http().get('/api/krate/whoami').set('Authorization', admin);
    expect(who.body).toMatchObject({
      user: 'admin',
      platformAdministrator: true,
      organizations: [{ organization: 'acme', namespace: 'krate-org-acme', role: 'admin' }],
    });
    expect((await create('namespaces/krate-org-acme/repositories', repository('web'))).status).toBe(201);

    for (const path of [
      'namespaces/krate-system/organizations/acme',
      'namespaces/krate-org-acme/repositories',
      'repositories',
    ]) {
      const refused = await http().get(`${KRATE}/${path}`).set('Authorization', stranger);
      expect([path, refused.status, refused.body.reason]).toEqual([path, 403, 'Forbidden']);
    }
    expect((await http().get(`${KRATE}/namespaces/krate-org-acme/repositories`)).status).toBe(401);
    const created = await create(
      'namespaces/krate-system/organizations',
      { kind: 'Organization', metadata: { name: 'mine' }, spec: { displayName: 'Mine' } },
      stranger,
    );
    expect(created.status).toBe(403);
  });

  it('refuses a reference into another organization without leaking', async () => {
    await start();
    await organization('acme');
    await organization('globex');
    await create('namespaces/krate-org-globex/repositories', repository('hidden'));
    const refused = await create(
      'namespaces/krate-org-acme/repositories',
      repository('web', { parent: 'globex/hidden' }),
    );
    expect(refused.status).toBe(403);
    expect(refused.body.details.causes).toEqual([
      expect.objectContaining({ reason: 'CROSS_ORG_REF_DENIED', field: 'spec.parent' }),
    ]);
    expect(refused.text).not.toMatch(/globex|hidden/);
  });

  it('lets a person with the role decide once, stamps them, and never lets a run', async () => {
    let controlPlane: ControlPlane | undefined;
    await start(
      {},
      {
        area: 'test',
        kinds: [Approval],
        start: running => {
          controlPlane = running;
          return {};
        },
      },
    );
    await organization('acme');
    const namespace = 'krate-org-acme';
    const { apiVersion, kind } = Approval;
    for (const name of ['one', 'two']) {
      await controlPlane!.client.create(Approval, {
        apiVersion,
        kind,
        metadata: { name, namespace },
        spec: { question: 'May it?' },
      });
    }
    for (const [login, role] of [
      ['mia', 'maintainer'],
      ['dev', 'developer'],
    ]) {
      const member = (kindName: string, spec: object) =>
        create(`namespaces/${namespace}/${kindName.toLowerCase()}s`, {
          kind: kindName,
          metadata: { name: login },
          spec,
        });
      const made = [
        await member('User', { displayName: login }),
        await member('IdentityMapping', { user: login, provider: 'backstage', subject: login }),
        await member('AgentRoleBinding', {
          subject: { kind: 'User', name: login },
          scope: { kind: 'organization' },
          roleRef: { name: role },
        }),
      ];
      expect(made.map(answer => answer.status)).toEqual([201, 201, 201]);
    }
    const decide = (who: string, name: string, spec: object) =>
      http()
        .patch(`${KRATE}/namespaces/${namespace}/approvals/${name}`)
        .set({ Authorization: who, 'Content-Type': 'application/merge-patch+json' })
        .send({ spec });
    const mia = mockCredentials.user.header('user:default/mia');

    expect(
      (await decide(mockCredentials.user.header('user:default/dev'), 'one', { decision: 'approve' })).status,
    ).toBe(403);
    expect((await decide(mia, 'one', { question: 'Another?' })).status).toBe(403);
    const decided = await decide(mia, 'one', {
      decision: 'approve',
      comment: 'fine',
      decidedBy: 'somebody else',
    });
    expect(decided.body.spec).toMatchObject({
      question: 'May it?',
      decision: 'approve',
      comment: 'fine',
      decidedBy: 'mia',
    });
    const second = await decide(mia, 'one', { decision: 'deny' });
    expect([second.status, second.body.details.causes[0].reason]).toEqual([422, 'ACTION_ALREADY_TAKEN']);

    const run = {
      type: 'run',
      name: 'r',
      namespace,
      kind: 'AgentDispatchRun',
      uid: 'u',
      repository: 'web',
    } as const;
    const { token } = await controlPlane!.tokens.issue({
      principal: run,
      purpose: 'run',
      description: 'a run',
    });
    expect((await decide(`Bearer ${token}`, 'two', { decision: 'approve' })).status).toBe(403);
    const { body } = await http()
      .post('/api/krate/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
      .set('Authorization', mia)
      .send({
        spec: {
          resourceAttributes: { verb: 'approve', group: 'krate.a5c.ai', resource: 'approvals', namespace },
        },
      });
    expect(body.status.allowed).toBe(true);
  });

  it('signs in with the printed link once, and makes a kubeconfig that the TLS listener honours', async () => {
    await start();
    const link = await eventually(async () => linkIn(), Boolean, 'no link was printed');
    const token = link!.split('#sign-in=')[1];
    const signedIn = await http().post('/api/krate/login').send({ token });
    expect(signedIn.body).toMatchObject({ user: 'admin', token: expect.stringMatching(/^krate_a_/) });
    expect((await http().post('/api/krate/login').send({ token })).status).toBe(401);

    const mine = { Authorization: `Bearer ${signedIn.body.token}` };
    const kubeconfig = await http().get('/api/krate/kubeconfig').set(mine);
    const server = /server: (\S+)/.exec(kubeconfig.text)![1];
    const ca = Buffer.from(/certificate-authority-data: (\S+)/.exec(kubeconfig.text)![1], 'base64');
    const access = /token: (\S+)/.exec(kubeconfig.text)![1];
    const orgs = await request(server)
      .get('/apis/krate.a5c.ai/v1alpha1/namespaces/krate-system/organizations')
      .ca(ca as never)
      .set('Authorization', `Bearer ${access}`);
    expect(orgs.status).toBe(200);

    const { body } = await http().get('/api/krate/tokens').set(mine);
    expect(body.items.map((item: any) => item.description)).toEqual([
      'Signed in on a terminal',
      'kubeconfig',
    ]);
    expect((await http().delete(`/api/krate/tokens/${body.items[1].id}`).set(mine)).status).toBe(204);
    expect(
      (
        await request(server)
          .get('/api')
          .ca(ca as never)
          .set('Authorization', `Bearer ${access}`)
      ).status,
    ).toBe(401);
  });

  it('makes no kubeconfig for a cookie or a password, and no token that outlives the one that asks for it', async () => {
    await start();
    const bare = (headers: object) =>
      http()
        .get('/api/krate/kubeconfig')
        .set(headers as never);
    const make = (authorization: string, body: object) =>
      http().post('/api/krate/tokens').set('Authorization', authorization).send(body);
    const short = (await make(admin, { expiresInSeconds: 60 })).body;
    expect((await bare({ Cookie: 'backstage-auth-krate=x' })).status).toBe(401);
    const basic = Buffer.from(`admin:${short.token}`).toString('base64');
    expect((await bare({ Authorization: `Basic ${basic}` })).status).toBe(401);

    const child = (await make(`Bearer ${short.token}`, {})).body;
    expect(Date.parse(child.expiresAt)).toBeLessThanOrEqual(Date.parse(short.expiresAt));
    expect((await bare({ Authorization: `Bearer ${short.token}` })).status).toBe(200);
    const { body } = await http().get('/api/krate/tokens').set('Authorization', admin);
    const kubeconfig = body.items.find((item: any) => item.description === 'kubeconfig');
    expect(Date.parse(kubeconfig.expiresAt)).toBeLessThanOrEqual(Date.parse(short.expiresAt));
  });

  it('lets only a platform administrator make a link for somebody else', async () => {
    await start();
    const ask = (who: string) =>
      http().post('/api/krate/tokens').set('Authorization', who).send({ purpose: 'sign-in', user: 'bob' });
    expect((await ask(stranger)).status).toBe(403);
    const { body } = await ask(admin);
    expect((await http().post('/api/krate/login').send({ token: body.token })).body.user).toBe('bob');
  });

  it('never answers the value of a Secret', async () => {
    await start();
    await organization('acme');
    const values = ['s3cr3t-value', Buffer.from('s3cr3t-value').toString('base64')];
    const path = '/api/krate/api/v1/namespaces/krate-org-acme/secrets';
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key' },
      stringData: { apiKey: values[0] },
    };
    const answers = [
      await http().post(path).set('Authorization', admin).send(secret),
      await http().get(`${path}/key`).set('Authorization', admin),
      await http().get(path).set('Authorization', admin),
      await http()
        .get(path)
        .set('Authorization', admin)
        .set('Accept', 'application/json;as=Table;v=v1;g=meta.k8s.io'),
      await http().get(`${path}?watch=true&timeoutSeconds=1`).set('Authorization', admin),
      await http()
        .patch(`${path}/key`)
        .set('Authorization', admin)
        .set('Content-Type', 'application/merge-patch+json')
        .send({ data: { other: values[1] } }),
      await http()
        .put(`${path}/key`)
        .set('Authorization', admin)
        .send({ ...secret, stringData: undefined, data: { apiKey: 'not base64: s3cr3t-value' } }),
      await http()
        .put(`${path}/key`)
        .set('Authorization', admin)
        .send({ ...secret, stringData: 's3cr3t-value' }),
      await http().get('/api/krate/audit?org=acme').set('Authorization', admin),
    ];
    expect(answers.map(answer => answer.status)).toEqual([201, 200, 200, 200, 200, 200, 422, 422, 200]);
    expect(answers[1].body.data).toEqual({ apiKey: '' });
    for (const answer of answers) for (const value of values) expect(answer.text).not.toContain(value);
    expect(log.join('\n')).not.toContain(values[0]);
  });

  it('keeps one audit event for every write and every denial', async () => {
    await start();
    await organization('acme');
    await create('namespaces/krate-org-acme/repositories', repository('web'));
    await create('namespaces/krate-org-acme/repositories', repository('theirs'), stranger);
    const { body } = await http().get('/api/krate/audit?org=acme').set('Authorization', admin);
    const about = body.items.filter((item: any) => item.resource.startsWith('Repository/'));
    expect(about.map((item: any) => [item.principal, item.action, item.outcome, item.resource])).toEqual([
      ['eve', 'create', 'denied', expect.stringContaining('Repository/krate-org-acme/')],
      ['admin', 'create', 'allowed', 'Repository/krate-org-acme/web'],
    ]);
    expect((await http().get('/api/krate/audit?org=acme').set('Authorization', stranger)).status).toBe(403);
    expect((await http().get('/api/krate/audit').set('Authorization', stranger)).status).toBe(403);
  });

  it('tells its numbers to platform administrators only', async () => {
    await start();
    const numbers = (who: string) => http().get('/api/krate/metrics').set('Authorization', who);
    await organization('acme');
    const { text } = await numbers(admin);
    expect(text).toMatch(
      /^# HELP krate_store_revision .*\n# TYPE krate_store_revision gauge\nkrate_store_revision \d+$/m,
    );
    expect(text).toMatch(
      /^krate_api_requests_total{verb="create",resource="organizations\.krate\.a5c\.ai",code="201"} 1$/m,
    );
    expect(text).toMatch(/^krate_api_request_duration_seconds_count{verb="create",/m);
    expect(text).toMatch(/^krate_objects{resource="organizations\.krate\.a5c\.ai",phase="\w*"} 1$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).not.toContain('acme');
    expect((await numbers(stranger)).status).toBe(403);
  });

  it('deletes everything of an organization with it', async () => {
    await start();
    await organization('acme');
    await create('namespaces/krate-org-acme/repositories', repository('web'));
    const path = `${KRATE}/namespaces/krate-system/organizations/acme`;
    expect((await http().delete(path).set('Authorization', admin)).status).toBe(200);
    await eventually(
      async () => (await http().get(path).set('Authorization', admin)).status,
      status => status === 404,
      'it stays',
    );
    const left = await http()
      .get(`${KRATE}/namespaces/krate-org-acme/repositories`)
      .set('Authorization', admin);
    expect(left.body.items).toEqual([]);
    const namespace = await http()
      .get('/api/krate/api/v1/namespaces/krate-org-acme')
      .set('Authorization', admin);
    expect(namespace.status).toBe(404);
  });

  it('starts again on the same data, with the same administrator and a new link', async () => {
    await start();
    await organization('acme');
    await backend!.stop();
    log = [];
    await start();
    const found = await http()
      .get(`${KRATE}/namespaces/krate-system/organizations/acme`)
      .set('Authorization', admin);
    expect(found.body.status.phase).toBe('Ready');
    await eventually(async () => linkIn(), Boolean, 'no link was printed');
  });

  it('stops within two seconds although a watch is open', async () => {
    await start();
    const watching = http()
      .get(`${KRATE}/namespaces/krate-system/organizations?watch=true`)
      .set('Authorization', admin)
      .then(
        () => 'ended',
        () => 'ended',
      );
    await new Promise(resolve => setTimeout(resolve, 100));
    const before = Date.now();
    await backend!.stop();
    backend = undefined;
    expect(Date.now() - before).toBeLessThan(2_500);
    expect(await watching).toBe('ended');
  });

  it('fails the start, and says why, when the port is taken', async () => {
    await start();
    const port = Number(/https:\/\/127\.0\.0\.1:(\d+)/.exec(log.join('\n'))![1]);
    const first = backend!;
    const other = join(directory, 'other');
    await expect(start({ dataDirectory: other, api: { listen: { port } } })).rejects.toThrow(
      /the port is in use/,
    );
    await first.stop();
  });
});
