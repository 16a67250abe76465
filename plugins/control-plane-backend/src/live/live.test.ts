import { AddressInfo } from 'node:net';
import { createServer, Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AgentRoleBinding,
  IdentityMapping,
  Namespace,
  Secret,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import express from 'express';
import knexFactory, { Knex } from 'knex';
import { Core, openCore } from '../runtime/openCore';
import { bootstrap } from '../runtime/bootstrap';
import { readConfig } from '../config';
import { createLiveRouter, Live } from './createLiveRouter';
import { completeLength } from './streamFeed';

const acme = 'krate-org-acme';
const ada: Principal = { type: 'user', name: 'ada' };

/** A tab: reads the lines of its connection and waits for the one it needs. */
class Tab {
  readonly lines: any[] = [];
  ended = false;
  private readonly abort = new AbortController();

  static async open(url: string, authorization: string): Promise<Tab> {
    const tab = new Tab(url, authorization);
    const response = await fetch(`${url}/live`, { headers: { authorization }, signal: tab.abort.signal });
    if (!response.ok) throw new Error(String(response.status));
    tab
      .read(response)
      .catch(() => {})
      .finally(() => (tab.ended = true));
    await tab.next(line => line.type === 'connected');
    return tab;
  }

  private constructor(
    private readonly url: string,
    private readonly authorization: string,
  ) {}

  async subscribe(subscription: object, authorization = this.authorization): Promise<number> {
    const { id } = this.lines[0];
    const response = await fetch(`${this.url}/live/${id}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ subscribe: [subscription] }),
    });
    return response.status;
  }

  async unsubscribe(id: string): Promise<void> {
    const headers = { authorization: this.authorization, 'content-type': 'application/json' };
    await fetch(`${this.url}/live/${this.lines[0].id}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ unsubscribe: [id] }),
    });
  }

  async next(matches: (line: any) => boolean): Promise<any> {
    return until(
      () => this.lines.find(matches),
      () => JSON.stringify(this.lines),
    );
  }

  close(): void {
    this.abort.abort();
  }

  private async read(response: Response): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
      rest = lines.pop()!;
      this.lines.push(...lines.map(line => JSON.parse(line)));
    }
  }
}

async function until<T>(read: () => T | undefined | false, describe: () => string): Promise<T> {
  const deadline = Date.now() + 4_000;
  for (;;) {
    const value = read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`it did not happen: ${describe()}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('the live connection', () => {
  let directory: string;
  let knex: Knex;
  let core: Core;
  let live: Live;
  let server: Server;
  let url: string;
  let token: string;
  const tabs: Tab[] = [];

  const create = (kind: Kind, name: string, spec: object, labels?: Record<string, string>) =>
    core.client.create(kind, {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, ...(kind.clusterScoped ? {} : { namespace: acme }), labels },
      ...(kind.flat ? spec : { spec }),
    } as never);
  const open = async (authorization = `Bearer ${token}`) => {
    const tab = await Tab.open(url, authorization);
    tabs.push(tab);
    return tab;
  };
  const teams = { id: '1', group: 'krate.a5c.ai', resource: 'teams', namespace: acme };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-live-'));
    knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    const config = readConfig(
      new ConfigReader({ backend: { baseUrl: 'http://localhost' }, krate: { dataDirectory: directory } }),
    );
    const logger = mockServices.logger.mock();
    core = await openCore({
      ...{ config, knex, logger, installations: [], auditor: mockServices.auditor.mock() },
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
    await bootstrap(core.client, { administrator: 'admin', signInProviders: [] });
    await create(Namespace, acme, {});
    await create(User, 'ada', { displayName: 'Ada' });
    await create(IdentityMapping, 'ada', { user: 'ada', provider: 'backstage', subject: 'ada' });
    const subject = { kind: 'User', name: 'ada' };
    await create(AgentRoleBinding, 'ada', {
      subject,
      scope: { kind: 'organization' },
      roleRef: { name: 'maintainer' },
    });
    token = (await core.tokens.issue({ principal: ada, purpose: 'access', description: '' })).token;
    live = createLiveRouter({ ...core, logger, heartbeatMs: 50 });
    server = createServer(express().use(live.router)).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    tabs.splice(0).forEach(tab => tab.close());
    live.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await core.directory.stop();
    await core.store.close();
    await knex.destroy();
    await rm(directory, { recursive: true });
  });

  it('sends what exists, says so, and then every change', async () => {
    await create(Team, 'core', { displayName: 'Core' });
    const tab = await open();
    expect(await tab.subscribe(teams)).toBe(204);
    await tab.next(line => line.type === 'SYNCED');
    await create(Team, 'web', { displayName: 'Web' });
    await core.client.delete(Team, { namespace: acme, name: 'core' });
    await tab.next(line => line.type === 'DELETED');
    const seen = tab.lines
      .filter(line => line.id === '1')
      .map(line => [line.type, line.object?.metadata.name]);
    expect(seen).toEqual([
      ['ADDED', 'core'],
      ['SYNCED', undefined],
      ['ADDED', 'web'],
      ['DELETED', 'core'],
    ]);
  });

  it('keeps subscriptions apart, and ends one', async () => {
    const tab = await open();
    await tab.subscribe({ ...teams, name: 'web' });
    await tab.subscribe({ ...teams, id: '2', labelSelector: 'tier=one' });
    await tab.next(line => line.id === '2' && line.type === 'SYNCED');
    await tab.unsubscribe('1');
    await create(Team, 'web', { displayName: 'Web' });
    await create(Team, 'api', { displayName: 'Api' }, { tier: 'one' });
    await tab.next(line => line.type === 'ADDED');
    expect(
      tab.lines.filter(line => line.type === 'ADDED').map(line => [line.id, line.object.metadata.name]),
    ).toEqual([['2', 'api']]);
  });

  it.each([
    {
      reason: 'another organization',
      subscription: { ...teams, namespace: 'krate-org-globex' },
      status: 403,
    },
    { reason: 'all namespaces', subscription: { ...teams, namespace: undefined }, status: 403 },
    { reason: 'an unknown resource', subscription: { ...teams, resource: 'nothings' }, status: 404 },
    {
      reason: 'a stream of another organization',
      subscription: {
        id: '1',
        stream: { resource: 'teams', namespace: 'krate-org-globex', name: 'x', stream: 'log' },
        offset: 0,
      },
      status: 403,
    },
  ])('refuses $reason, for that subscription only', async ({ subscription, status }) => {
    const tab = await open();
    await tab.subscribe(subscription);
    expect(await tab.next(line => line.type === 'ERROR')).toMatchObject({
      id: '1',
      status: { code: status },
    });
    await tab.subscribe({ ...teams, id: '2' });
    await tab.next(line => line.id === '2' && line.type === 'SYNCED');
  });

  it('shows Secrets without their values', async () => {
    await create(Secret, 'key', { stringData: { apiKey: 's3cr3t' } });
    const tab = await open();
    await tab.subscribe({ id: '1', group: '', resource: 'secrets', namespace: acme });
    expect((await tab.next(line => line.type === 'ADDED')).object.data).toEqual({ apiKey: '' });
    expect(JSON.stringify(tab.lines)).not.toMatch(/s3cr3t|krate-enc/);
  });

  it('follows a stream of an object in whole characters until it is sealed', async () => {
    const team = await create(Team, 'core', { displayName: 'Core' });
    const key = { resource: 'teams', namespace: acme, name: 'core', uid: team.metadata.uid, stream: 'log' };
    const bytes = Buffer.from('één – done');
    await core.streams.append(key, bytes.subarray(0, 3));
    const tab = await open();
    await tab.subscribe({
      id: 's',
      stream: { resource: 'teams', namespace: acme, name: 'core', stream: 'log' },
      offset: 0,
    });
    await tab.next(line => line.type === 'DATA');
    await core.streams.append(key, bytes.subarray(3));
    await core.streams.seal(key);
    await tab.next(line => line.type === 'SEALED');
    const data = tab.lines.filter(line => line.type === 'DATA');
    expect(data.map(line => line.data).join('')).toBe('één – done');
    expect(data.map(line => line.offset)).toEqual([0, 2]);
  });

  it('belongs to who opened it', async () => {
    const tab = await open();
    expect(await tab.subscribe(teams, mockCredentials.user.header('user:default/eve'))).toBe(404);
    await expect(Tab.open(url, 'Bearer krate_a_nonsense')).rejects.toThrow('401');
  });

  it('ends with its token', async () => {
    const tab = await open();
    await tab.next(line => line.type === 'heartbeat');
    const [{ id }] = await core.tokens.list(ada);
    await core.tokens.revoke(id);
    await until(
      () => tab.ended,
      () => 'the connection is open',
    );
    expect(live.size()).toBe(0);
  });

  it('ends a subscription when the role is taken away', async () => {
    const tab = await open();
    await tab.subscribe(teams);
    await tab.next(line => line.type === 'SYNCED');
    await core.client.delete(AgentRoleBinding, { namespace: acme, name: 'ada' });
    expect(await tab.next(line => line.type === 'ERROR')).toMatchObject({ id: '1', status: { code: 403 } });
  });
});

describe('completeLength', () => {
  it.each([
    ['ascii', 5],
    ['é', 2],
    [Buffer.from('é').subarray(0, 1), 0],
    [Buffer.from('a–').subarray(0, 3), 1],
    [Buffer.from('a😀').subarray(0, 4), 1],
    [Buffer.from('a😀'), 5],
  ])('cuts %j at a whole character', (text, length) => {
    expect(completeLength(Buffer.from(text as string))).toBe(length);
  });
});
