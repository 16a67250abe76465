import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import controlPlane from '@krate/plugin-control-plane-backend';
import request from 'supertest';
import { Webhook } from 'standardwebhooks';
import forge from '../index';

jest.setTimeout(120_000);

const KRATE = '/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces';
const ACME = `${KRATE}/krate-org-acme`;
const admin = mockCredentials.user.header('user:default/admin');
const olga = mockCredentials.user.header('user:default/olga');
const SECRETS = ['one', 'two'].map(name => `whsec_${Buffer.from(name.repeat(11)).toString('base64')}`);

interface Received {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Webhooks in the real control plane: real store, watch, effects, HTTP, a real listener. */
describe('webhooks', () => {
  let directory: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let server: http.Server;
  const received: Received[] = [];
  /** How the listener answers, by path. */
  const answers: Record<string, number> = {};

  const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const at = (path: string) => received.filter(one => one.path === path);

  async function start() {
    const config = {
      backend: { baseUrl: 'http://127.0.0.1:7007' },
      krate: {
        dataDirectory: join(directory, 'data'),
        api: { enabled: false },
        signIn: { printLink: false },
      },
    };
    backend = await startTestBackend({
      features: [controlPlane, forge, mockServices.rootConfig.factory({ data: config })],
    });
  }
  const send = (method: 'post' | 'patch', path: string, body: object, who = admin) =>
    request(backend.server)
      [method](path)
      .set('Authorization', who)
      .set('Content-Type', method === 'patch' ? 'application/merge-patch+json' : 'application/json')
      .send(body);
  const create = (path: string, kind: string, name: string | undefined, spec: object, who = admin) =>
    send(
      'post',
      path,
      { apiVersion: 'krate.a5c.ai/v1alpha1', kind, metadata: name ? { name } : {}, spec },
      who,
    );
  const secret = (name: string, value: string) =>
    send('post', '/api/krate/api/v1/namespaces/krate-org-acme/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      stringData: { signingKey: value },
    });
  const read = async (path: string) =>
    (await request(backend.server).get(path).set('Authorization', admin)).body;
  async function until<T>(look: () => Promise<T> | T, check: (found: T) => boolean): Promise<T> {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = await look();
      if (check(found)) return found;
      if (Date.now() > end) throw new Error(`It stays\n${JSON.stringify(found, null, 1)}`);
      await new Promise(resolve => setTimeout(resolve, 30));
    }
  }
  const listen = async (name: string, spec: object) => {
    const made = await create(`${ACME}/webhooksubscriptions`, 'WebhookSubscription', name, {
      url: url(`/${name}`),
      allowPrivateAddress: true,
      ...spec,
    });
    expect(made.status).toBe(201);
    await until(
      () => read(`${ACME}/webhooksubscriptions/${name}`),
      ({ status }) => status?.phase !== undefined,
    );
  };
  const issue = async (title: string) =>
    (await create(`${ACME}/issues`, 'Issue', undefined, { repository: 'web', title })).body;
  const deliveriesOf = async (subscription: string) =>
    (await read(`${ACME}/webhookdeliveries?fieldSelector=spec.subscription=${subscription}`)).items;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-hooks-'));
    server = http.createServer((incoming, response) => {
      let body = '';
      incoming.on('data', chunk => (body += chunk));
      incoming.on('end', () => {
        received.push({ path: incoming.url!, headers: incoming.headers, body });
        response.writeHead(answers[incoming.url!] ?? 200).end('heard');
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    await start();
    await create(`${KRATE}/krate-system/organizations`, 'Organization', 'acme', { displayName: 'Acme' });
    await until(
      () => read(`${KRATE}/krate-system/organizations/acme`),
      ({ status }) => status?.phase === 'Ready',
    );
    await create(`${ACME}/users`, 'User', 'olga', { displayName: 'Olga', email: 'olga@acme.example' });
    await create(`${ACME}/identitymappings`, 'IdentityMapping', 'olga', {
      user: 'olga',
      provider: 'backstage',
      subject: 'olga',
    });
    await create(`${ACME}/agentrolebindings`, 'AgentRoleBinding', 'olga', {
      subject: { kind: 'User', name: 'olga' },
      scope: { kind: 'organization' },
      roleRef: { name: 'admin' },
    });
    await create(`${ACME}/repositories`, 'Repository', 'web', {});
    await secret('hook-1', SECRETS[0]);
    await secret('hook-2', SECRETS[1]);
  });
  afterAll(async () => {
    await backend.stop();
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('tells a listener what happened, signed, and remembers what it answered', async () => {
    await listen('chat', {
      events: ['issue.created'],
      repositories: ['web'],
      signing: { secretRef: { name: 'hook-1', key: 'signingKey' } },
    });
    const { metadata } = await issue('Prices are wrong');
    const [message] = await until(
      () => at('/chat'),
      list => list.length > 0,
    );
    expect(new Webhook(SECRETS[0]).verify(message.body, message.headers as never)).toMatchObject({
      type: 'issue.created',
      data: {
        organization: 'acme',
        kind: 'Issue',
        name: metadata.name,
        object: { spec: { title: 'Prices are wrong' } },
      },
    });
    const [delivery] = await until(
      () => deliveriesOf('chat'),
      ([one]) => one?.status?.phase === 'Delivered',
    );
    expect(delivery.status).toMatchObject({
      response: { status: 200, body: 'heard' },
      attempts: [{ requestHeaders: { 'webhook-id': delivery.spec.eventId }, latencyMs: expect.any(Number) }],
    });
    await until(
      () => read(`${ACME}/webhooksubscriptions/chat`),
      ({ status }) => status.phase === 'Active' && Boolean(status.lastSuccessAt),
    );
  });

  it('signs with both secrets while one replaces the other', async () => {
    await send('patch', `${ACME}/webhooksubscriptions/chat`, {
      spec: {
        signing: {
          secretRef: { name: 'hook-2', key: 'signingKey' },
          previous: { secretRef: { name: 'hook-1', key: 'signingKey' } },
        },
      },
    });
    const before = at('/chat').length;
    await issue('And another');
    const message = (
      await until(
        () => at('/chat'),
        list => list.length > before,
      )
    ).at(-1)!;
    for (const value of SECRETS)
      expect(new Webhook(value).verify(message.body, message.headers as never)).toBeTruthy();
  });

  it('tries again with the same id, and sends it once more when asked to', async () => {
    answers['/shaky'] = 500;
    await listen('shaky', { events: ['issue.created'], retryPolicy: { maxRetries: 5, backoffMs: 100 } });
    await issue('Something else');
    await until(
      () => at('/shaky'),
      list => list.length >= 2,
    );
    answers['/shaky'] = 200;
    const [delivery] = await until(
      () => deliveriesOf('shaky'),
      ([one]) => one?.status?.phase === 'Delivered',
    );
    const ids = new Set(at('/shaky').map(({ headers }) => headers['webhook-id']));
    expect([...ids]).toEqual([delivery.spec.eventId]);

    await send('patch', `${ACME}/webhookdeliveries/${delivery.metadata.name}`, {
      spec: { replay: { reason: 'just to see' } },
    });
    const both = await until(
      () => deliveriesOf('shaky'),
      list => list.length === 2 && list.every(({ status }: any) => status?.phase === 'Delivered'),
    );
    const replay = both.find(({ spec }: any) => spec.replayOf);
    expect(replay.spec).toMatchObject({ replayOf: delivery.metadata.name, payload: delivery.spec.payload });
    expect(at('/shaky').at(-1)!.headers['webhook-id']).toBe(delivery.spec.eventId);
  });

  it('sends a ping when asked to, each time', async () => {
    for (const id of ['a', 'b']) {
      const before = at('/chat').length;
      await send('patch', `${ACME}/webhooksubscriptions/chat`, { spec: { test: { id } } });
      await until(
        () => at('/chat'),
        list => list.length > before,
      );
    }
    expect(
      at('/chat')
        .slice(-2)
        .map(({ headers }) => headers['krate-event']),
    ).toEqual(['ping', 'ping']);
  });

  it('leaves a listener alone that says it is gone, until its spec is changed', async () => {
    answers['/gone'] = 410;
    await listen('gone', { events: ['issue.created'] });
    await issue('For nobody');
    await until(
      () => read(`${ACME}/webhooksubscriptions/gone`),
      ({ status }) => status.phase === 'Disabled',
    );
    const before = at('/gone').length;
    await issue('For nobody either');
    await until(
      () => at('/chat'),
      list => list.some(({ body }) => body.includes('For nobody either')),
    );
    expect(at('/gone')).toHaveLength(before);
    answers['/gone'] = 200;
    await send('patch', `${ACME}/webhooksubscriptions/gone`, { spec: { description: 'Back again' } });
    await until(
      () => read(`${ACME}/webhooksubscriptions/gone`),
      ({ status }) => status.phase === 'Active',
    );
    await issue('For somebody');
    await until(
      () => at('/gone'),
      list => list.length > before,
    );
  });

  it('goes to a private address only where an administrator of the platform says so', async () => {
    const asked = { url: url('/inside'), events: ['issue.created'] };
    const refused = await create(
      `${ACME}/webhooksubscriptions`,
      'WebhookSubscription',
      'inside',
      { ...asked, allowPrivateAddress: true },
      olga,
    );
    expect(refused.status).toBe(403);
    expect(refused.body.details.causes[0].reason).toBe('PRIVATE_ADDRESS_NOT_ALLOWED');
    const made = await create(`${ACME}/webhooksubscriptions`, 'WebhookSubscription', 'inside', asked, olga);
    expect(made.status).toBe(201);
    await until(
      () => read(`${ACME}/webhooksubscriptions/inside`),
      ({ status }) => status?.phase !== undefined,
    );
    await issue('Not for the inside');
    const [delivery] = await until(
      () => deliveriesOf('inside'),
      ([one]) => one?.status?.attempts?.length > 0,
    );
    expect(delivery.status.attempts[0].code).toBe('AddressRefused');
    expect(at('/inside')).toHaveLength(0);
  });

  it('loses and doubles nothing that happened while the server was away', async () => {
    const told = (title: string) => at('/chat').filter(({ body }) => body.includes(title));
    await issue('Just before');
    await backend.stop();
    await start();
    await issue('Just after');
    for (const title of ['Just before', 'Just after']) {
      const messages = await until(
        () => told(title),
        list => list.length > 0,
      );
      expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    }
  });
});
