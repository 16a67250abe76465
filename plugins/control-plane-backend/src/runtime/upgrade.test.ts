import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { EffectStore, migrateEffects, migrateLeases } from '@krate/controller-runtime';
import { PostgresResourceStore, ResourceStore, SqliteResourceStore } from '@krate/resource-store';
import SqliteDatabase from 'better-sqlite3';
import knexFactory, { Knex } from 'knex';
import { onPostgres } from '../__testUtils__/onPostgres';
import { DatabaseAuditTrail } from '../audit/DatabaseAuditTrail';
import { DatabaseTokenService } from '../identity/DatabaseTokenService';
import { migrateDatabase } from '../migrateDatabase';
import { DatabaseStreamService } from '../streams/DatabaseStreamService';

jest.setTimeout(60_000);

/**
 * Databases as the first schema of each table left them, with data in them. These files are never made anew: when a release
 * changes a schema, its predecessor's is added beside them.
 */
const FIRST = join(__dirname, '..', '__fixtures__', 'first-schema');
const TOKEN = `krate_a_${'f'.repeat(43)}`;
const ORGANIZATIONS = { group: 'krate.a5c.ai', resource: 'organizations' };

/** What everybody who upgrades relies on. */
function keepsEverything(open: () => Promise<{ knex: Knex; openStore(): Promise<ResourceStore> }>): void {
  it('keeps tokens, streams, the audit trail and effects, and may be started again', async () => {
    const { knex } = await open();
    for (let start = 0; start < 2; start += 1) {
      await migrateDatabase(knex);
      await migrateEffects(knex);
    }
    await expect(new DatabaseTokenService(knex).verify(TOKEN)).resolves.toMatchObject({
      id: 'token-1',
      principal: { type: 'user', name: 'ada' },
    });

    const streams = new DatabaseStreamService(knex);
    const key = {
      resource: 'agentdispatchruns',
      namespace: 'krate-org-acme',
      name: 'r1',
      uid: 'u1',
      stream: 'transcript',
    };
    await streams.append(key, '!');
    expect((await streams.read(key)).data.toString()).toBe('hello there!');

    const logger = mockServices.logger.mock();
    const trail = new DatabaseAuditTrail({
      knex,
      auditor: mockServices.auditor.mock(),
      logger,
      store: { notes: async () => [], dropNotes: async () => {} },
      organizationNamed: () => undefined,
    });
    await trail.record({
      principal: { type: 'user', name: 'ada' },
      action: 'delete',
      outcome: 'denied',
      organization: 'acme',
    });
    const { items } = await trail.query({ limit: 10 });
    expect(items.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'delete denied',
      'create allowed',
    ]);

    const effects = new EffectStore(knex);
    await expect(effects.unfinished()).resolves.toMatchObject([
      { id: 'u1/clone/g1', state: 'Running', attempts: 1, input: { depth: 1 } },
    ]);
    await effects.finish('u1/clone/g1', { state: 'Succeeded', result: 1 }, 1);
    expect((await effects.ofOwner('u1')).map(({ state }) => state)).toEqual(['Succeeded', 'Succeeded']);
  });

  it('keeps objects, labels, history, revisions and numbers', async () => {
    const { openStore } = await open();
    const store = await openStore();
    const { items, revision } = await store.list(ORGANIZATIONS);
    expect(revision).toBe(5);
    expect(items.map(({ name, json }) => `${name}: ${JSON.parse(json).spec.displayName}`)).toEqual([
      'acme: acme',
      'globex: Globex',
    ]);
    const labels = [{ key: 'tier', operator: 'In' as const, values: ['gold'] }];
    expect((await store.list({ ...ORGANIZATIONS, labels })).items).toHaveLength(1);

    const watch = await store.watch({ ...ORGANIZATIONS, fromRevision: 0 });
    const story: string[] = [];
    for await (const { type, object } of watch) {
      story.push(`${type} ${object.name}`);
      if (story.length === 5) break;
    }
    expect(story).toEqual(['ADDED acme', 'ADDED globex', 'MODIFIED globex', 'ADDED gone', 'DELETED gone']);

    const key = { ...ORGANIZATIONS, namespace: 'krate-system', name: 'numbered' };
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'Organization', metadata: { name: 'numbered' } });
    let number = 0;
    const assign = (value: number) => {
      number = value;
      return { key, draft: { uid: 'n', labels: {}, json } };
    };
    const operation = { type: 'create' as const, ...assign(0), number: { counter: 'organizations', assign } };
    await expect(store.write([operation])).resolves.toMatchObject([{ revision: 6 }]);
    expect(number).toBe(4);
    await store.close();
  });
}

describe('the first schema on SQLite', () => {
  let folder: string;
  const open: Knex[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'krate-upgrade-'));
  });
  afterEach(async () => {
    for (const knex of open.splice(0)) await knex.destroy();
    await rm(folder, { recursive: true });
  });

  keepsEverything(async () => {
    for (const name of ['tables', 'resources']) {
      const db = new SqliteDatabase(join(folder, `${name}.sqlite`));
      db.exec(await readFile(join(FIRST, `sqlite-${name}.sql`), 'utf8'));
      db.close();
    }
    const connection = join(folder, 'tables.sqlite');
    const knex = knexFactory({ client: 'better-sqlite3', connection, useNullAsDefault: true });
    open.push(knex);
    return {
      knex,
      openStore: () => SqliteResourceStore.open({ file: join(folder, 'resources.sqlite') }),
    };
  });
});

onPostgres('the first schema on PostgreSQL', createSchema => {
  const open: Knex[] = [];
  afterEach(async () => {
    for (const knex of open.splice(0)) await knex.destroy();
  });

  keepsEverything(async () => {
    const knex = await createSchema();
    open.push(knex);
    await knex.raw(await readFile(join(FIRST, 'postgres.sql'), 'utf8'));
    await migrateLeases(knex);
    return { knex, openStore: () => PostgresResourceStore.open({ knex }) };
  });
});
