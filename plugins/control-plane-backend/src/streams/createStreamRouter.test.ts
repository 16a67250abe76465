import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Namespace, Team } from '@krate/plugin-control-plane-common';
import express from 'express';
import knexFactory, { Knex } from 'knex';
import request from 'supertest';
import { readConfig } from '../config';
import { bootstrap } from '../runtime/bootstrap';
import { Core, openCore } from '../runtime/openCore';
import { createStreamRouter } from './createStreamRouter';

const namespace = 'krate-org-acme';
const admin = mockCredentials.user.header('user:default/admin');

describe('GET /streams', () => {
  let directory: string;
  let knex: Knex;
  let core: Core;
  let app: express.Express;
  const stopping = new AbortController();
  const key = { resource: 'teams', namespace, name: 'core', uid: '', stream: 'log' };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-streams-'));
    knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    const logger = mockServices.logger.mock();
    core = await openCore({
      config: readConfig(
        new ConfigReader({ backend: { baseUrl: 'http://localhost' }, krate: { dataDirectory: directory } }),
      ),
      ...{ knex, logger, installations: [], auditor: mockServices.auditor.mock() },
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
    await bootstrap(core.client, { administrator: 'admin', signInProviders: [] });
    await core.client.create(Namespace, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
      spec: {},
    });
    const team = await core.client.create(Team, {
      ...{
        apiVersion: Team.apiVersion,
        kind: 'Team',
        metadata: { name: 'core', namespace },
        spec: { displayName: 'Core' },
      },
    });
    key.uid = team.metadata.uid;
    app = express().use(createStreamRouter({ ...core, stopping: stopping.signal, logger, recheckMs: 30 }));
  });
  afterEach(async () => {
    await core.directory.stop();
    await core.store.close();
    await knex.destroy();
    await rm(directory, { recursive: true });
  });
  const get = (path: string, who = admin) =>
    request(app).get(`/streams/teams/${namespace}/${path}`).set('Authorization', who);

  it('answers the bytes from an offset, and says how many there are', async () => {
    await core.streams.append(key, 'hello stream');
    const answer = await get('core/log?offset=6');
    expect([
      answer.text,
      answer.headers['x-krate-stream-length'],
      answer.headers['x-krate-stream-sealed'],
    ]).toEqual(['stream', '12', 'false']);
    expect(answer.headers['cache-control']).toContain('no-transform');
  });

  it('follows until the seal', async () => {
    await core.streams.append(key, 'one ');
    const following = get('core/log?follow=1').then(answer => answer.text);
    await core.streams.append(key, 'two');
    await core.streams.seal(key);
    expect(await following).toBe('one two');
  });

  it('ends a follower whose token is revoked', async () => {
    await core.streams.append(key, 'one ');
    const { token, id } = await core.tokens.issue({
      principal: { type: 'user', name: 'admin' },
      purpose: 'access',
      description: '',
    });
    const following = get('core/log?follow=1', `Bearer ${token}`).then(answer => answer.text);
    await new Promise(resolve => setTimeout(resolve, 100));
    await core.tokens.revoke(id);
    expect(await following).toBe('one ');
  });

  it.each([
    {
      reason: 'a stranger',
      path: 'core/log',
      who: mockCredentials.user.header('user:default/eve'),
      status: 403,
    },
    { reason: 'a stream that is not there', path: 'core/other', who: admin, status: 404 },
    { reason: 'an object that is not there', path: 'web/log', who: admin, status: 404 },
    { reason: 'an offset that is none', path: 'core/log?offset=x', who: admin, status: 400 },
  ])('refuses $reason', async ({ path, who, status }) => {
    await core.streams.append(key, 'hello');
    expect((await get(path, who)).status).toBe(status);
  });
});
