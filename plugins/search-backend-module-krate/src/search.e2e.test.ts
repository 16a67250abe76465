import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendFeature } from '@backstage/backend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import searchPlugin from '@backstage/plugin-search-backend';
import searchOnPostgres from '@backstage/plugin-search-backend-module-pg';
import catalogModule from '@krate/plugin-catalog-backend-module-krate';
import { eventually, Portal, startPortal } from '@krate/plugin-control-plane-backend/testkit';
import permissionModule from '@krate/plugin-permission-backend-module-krate';
import { describeOnPostgres, testPostgres, TestPostgres } from '@krate/test-postgres';
import { defineKind } from '@krate/resource-model';
import knexFactory from 'knex';
import { z } from 'zod';
import { searchModuleKrate } from './module';

const kind = (name: string, plural: string, more: object = {}) =>
  defineKind({
    kind: name,
    plural,
    area: 'test',
    storage: 'config',
    summary: 'For tests.',
    writableBy: 'developer',
    spec: z.object({ title: z.string().optional(), description: z.string().optional() }),
    examples: [],
    ...more,
  });
const Repository = kind('Repository', 'repositories');
const PullRequest = kind('PullRequest', 'pullrequests', { storage: 'record' });
const Feed = kind('Feed', 'feeds');
const Vault = kind('Vault', 'vaults', { readableBy: 'admin', writableBy: 'admin' });

jest.setTimeout(120_000);

/** What makes the backend use another database than SQLite. */
interface OnDatabase {
  features?: BackendFeature[];
  databaseUrl?: string;
}

/** What everybody may expect of the search, wherever its index is. */
function findsWhatOneMayRead(database: () => Promise<OnDatabase>): void {
  const acme = 'krate-org-acme';
  let directory: string;
  let portal: Portal;

  const found = async (term: string, who: string, types?: string): Promise<string[]> => {
    const query = new URLSearchParams({ term, ...(types ? { 'types[0]': types } : {}) });
    const { body, status } = await portal.get(`/api/search/query?${query}`, who);
    if (status !== 200) throw new Error(`Search answered ${status}: ${JSON.stringify(body)}`);
    return body.results.map(({ document }: any) => document.location);
  };
  const appears = (term: string, location: string, who = 'ada') =>
    eventually(
      () => found(term, who),
      locations => locations.includes(location),
      { within: 30_000 },
    );

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-'));
    await mkdir(join(directory, 'docs/guides'), { recursive: true });
    await writeFile(
      join(directory, 'docs/guides/sail.md'),
      '# Set a sail\n\nTake the [halyard](rope.md) and **pull**.',
    );
    const { features = [], databaseUrl } = await database();
    portal = await startPortal({
      directory,
      databaseUrl,
      kinds: [Repository, PullRequest, Feed, Vault],
      features: [
        catalogPlugin,
        catalogModule,
        permissionPlugin,
        permissionModule,
        searchPlugin,
        searchModuleKrate,
        ...features,
      ],
      config: { krate: { docsDirectory: join(directory, 'docs') } },
    });
    await portal.organization('acme', 'ada', 'viewer');
    await portal.organization('globex', 'eve', 'viewer');
  });
  afterAll(async () => {
    await portal?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('finds what was made a moment ago, by its name and by its words', async () => {
    await portal.create(acme, 'repositories', {
      kind: 'Repository',
      name: 'till',
      spec: { description: 'Adds up the receipts' },
    });
    expect(await appears('till', '/orgs/acme/repositories/till')).toBeTruthy();
    expect(await found('receipts', 'ada')).toEqual(['/orgs/acme/repositories/till']);
    await portal.create(acme, 'pullrequests', {
      kind: 'PullRequest',
      name: 'till-1',
      spec: { title: 'Round prices' },
    });
    expect(await appears('prices', '/orgs/acme/pull-requests/till-1')).toBeTruthy();
  });

  it('never shows a person what belongs to another organization, and nobody without sign-in anything', async () => {
    await portal.create('krate-org-globex', 'repositories', {
      kind: 'Repository',
      name: 'heist',
      spec: { description: 'Adds up the receipts of others' },
    });
    await appears('heist', '/orgs/globex/repositories/heist', 'eve');
    expect(await found('receipts', 'eve')).toEqual(['/orgs/globex/repositories/heist']);
    expect(await found('receipts', 'ada')).toEqual(['/orgs/acme/repositories/till']);
    expect(await found('heist', 'ada')).toEqual([]);
    expect(await found('receipts', 'nobody')).toEqual([]);
    // Naming a type tells no more.
    for (const type of ['krate-repository', 'krate-resource'])
      expect(await found('heist', 'ada', type)).toEqual([]);
  });

  it('finds other kinds, and none that not every member may read', async () => {
    await portal.create(acme, 'vaults', { kind: 'Vault', name: 'blue-vault' });
    await portal.create(acme, 'feeds', { kind: 'Feed', name: 'blue-feed' });
    await appears('blue-feed', '/orgs/acme/resource/feeds/blue-feed');
    expect(await found('blue-vault', 'admin')).not.toContain('/orgs/acme/resource/vaults/blue-vault');
  });

  it('forgets what was deleted, even the last of its type', async () => {
    const { client } = portal.controlPlane();
    await client.delete(PullRequest, { namespace: acme, name: 'till-1' });
    const left = await eventually(
      () => found('prices', 'ada'),
      locations => locations.length === 0,
      { within: 30_000 },
    );
    expect(left).toEqual([]);
  });

  it('finds the documentation by its words', async () => {
    expect(await appears('halyard', '/documentation/guides/sail', 'eve')).toEqual([
      '/documentation/guides/sail',
    ]);
  });
}

describe('the search of a real backend', () => {
  findsWhatOneMayRead(async () => ({}));
});

describeOnPostgres('the search of a real backend on PostgreSQL', () => {
  const name = `search_${randomUUID().replaceAll('-', '')}`;
  let server: TestPostgres;
  const onServer = async (statement: string) => {
    const knex = knexFactory({ client: 'pg', connection: server.url });
    await knex.raw(statement, [name]);
    await knex.destroy();
  };
  beforeAll(async () => {
    server = await testPostgres();
    await onServer('create database ??');
  });
  findsWhatOneMayRead(async () => {
    const connection = new URL(server.url);
    connection.pathname = name;
    return { features: [searchOnPostgres], databaseUrl: connection.href };
  });

  afterAll(async () => {
    await onServer('drop database if exists ?? with (force)');
    await server.dispose();
  });
});
