import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Namespace } from '@krate/plugin-control-plane-common';
import { defineKind } from '@krate/resource-model';
import knexFactory, { Knex } from 'knex';
import { z } from 'zod';
import { readConfig } from '../config';
import { Core, openCore } from '../runtime/openCore';
import { ObjectRetention } from './ObjectRetention';

const Build = defineKind({
  kind: 'Build',
  plural: 'builds',
  area: 'test',
  storage: 'record',
  retention: { since: 'status.finishedAt', days: 30 },
  summary: 'For tests.',
  writableBy: 'developer',
  spec: z.object({}),
  status: z.object({ finishedAt: z.string().optional() }),
  examples: [],
});
const namespace = 'krate-org-acme';
const NOW = Date.parse('2026-06-30T12:00:00Z');

describe('ObjectRetention', () => {
  let directory: string;
  let knex: Knex;
  let core: Core;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-retention-'));
    knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    core = await openCore({
      config: readConfig(
        new ConfigReader({ backend: { baseUrl: 'http://localhost' }, krate: { dataDirectory: directory } }),
      ),
      ...{ knex, logger, auditor: mockServices.auditor.mock() },
      installations: [{ area: 'test', kinds: [Build] }],
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
    await core.client.create(Namespace, { metadata: { name: namespace } } as never);
    const builds = {
      'long-ago': '2026-05-30T11:59:59Z',
      'just-kept': '2026-05-31T12:00:01Z',
      'at-work': undefined,
      unreadable: 'yesterday',
    };
    for (const [name, finishedAt] of Object.entries(builds)) {
      const build = await core.client.create(Build, { metadata: { name, namespace }, spec: {} });
      if (finishedAt) await core.client.updateStatus(Build, { ...build, status: { finishedAt } });
    }
  });
  afterEach(async () => {
    await core.directory.stop();
    await core.store.close();
    await knex.destroy();
    await rm(directory, { recursive: true });
  });

  const sweep = async (configured: [string, number | 'never'][] = []) => {
    const { store, kinds, client } = core;
    await new ObjectRetention({
      store,
      kinds,
      client,
      configured: new Map(configured),
      logger,
      now: () => NOW,
    }).sweep();
    const { items } = await core.client.list(Build, { namespace });
    return items.map(({ metadata }) => metadata.name);
  };

  it.each<{ reason: string; configured?: [string, number | 'never'][]; left: string[] }>([
    { reason: 'what the kind declares', left: ['at-work', 'just-kept', 'unreadable'] },
    {
      reason: 'a shorter time by configuration',
      configured: [['Build', 86_400_000]],
      left: ['at-work', 'unreadable'],
    },
    {
      reason: 'never',
      configured: [['Build', 'never']],
      left: ['at-work', 'just-kept', 'long-ago', 'unreadable'],
    },
  ])('follows $reason, and keeps what has not ended', async ({ configured, left }) => {
    expect(await sweep(configured)).toEqual(left);
  });

  it('refuses a configured kind that declares nothing', () => {
    const { store, kinds, client } = core;
    const configured = new Map([['Namespace', 1000]]);
    expect(() => new ObjectRetention({ store, kinds, client, configured, logger })).toThrow(
      /krate\.retention\.Namespace/,
    );
  });
});
