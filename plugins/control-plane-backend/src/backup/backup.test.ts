import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { EffectStore, migrateEffects, migrateLeases } from '@krate/controller-runtime';
import { PortableStore, PostgresResourceStore, SqliteResourceStore } from '@krate/resource-store';
import knexFactory, { Knex } from 'knex';
import { extract } from 'tar';
import { onPostgres } from '../__testUtils__/onPostgres';
import { DatabaseAuditTrail } from '../audit/DatabaseAuditTrail';
import { DatabaseTokenService } from '../identity/DatabaseTokenService';
import { migrateDatabase } from '../migrateDatabase';
import { DatabaseStreamService } from '../streams/DatabaseStreamService';
import { Backups } from './Backups';
import { loadBackup } from './loadBackup';
import { LEFT_OUT_TABLES, TABLES } from './tables';

jest.setTimeout(60_000);

const ORGANIZATIONS = { group: 'krate.a5c.ai', resource: 'organizations' };
const STREAM = { resource: 'runs', namespace: 'krate-org-acme', name: 'r', uid: 'u', stream: 'log' };
const HOUR = 3_600_000;
const logger = mockServices.logger.mock();

/** One host: its databases and its data directory. */
interface Host {
  knex: Knex;
  store: PortableStore;
  directory: string;
}
type MakeHost = () => Promise<Host>;

const creationOf = (name: string) => ({
  type: 'create' as const,
  key: { ...ORGANIZATIONS, namespace: 'krate-system', name },
  draft: {
    uid: `uid-${name}`,
    labels: { tier: 'gold' },
    json: JSON.stringify({ apiVersion: 'v1', kind: 'Organization', metadata: { name }, spec: { name } }),
  },
});

describe('a backup', () => {
  const hosts: Host[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const { store, knex } of hosts.splice(0)) {
      await store.close();
      await knex.destroy();
    }
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  const temporary = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'krate-backup-'));
    folders.push(folder);
    return folder;
  };
  const host = async (knex: Knex, directory: string, store: () => Promise<PortableStore>) => {
    await migrateDatabase(knex);
    await migrateEffects(knex);
    const made = { knex, directory, store: await store() };
    hosts.push(made);
    return made;
  };
  const onSqlite = async () => {
    const directory = await temporary();
    await mkdir(join(directory, 'db'));
    const connection = { filename: join(directory, 'db', 'krate.sqlite') };
    const knex = knexFactory({ client: 'better-sqlite3', connection, useNullAsDefault: true });
    return host(knex, directory, () =>
      SqliteResourceStore.open({ file: join(directory, 'resources.sqlite') }),
    );
  };
  const trailOf = ({ knex, store }: Host) =>
    new DatabaseAuditTrail({
      ...{ knex, store, logger, auditor: mockServices.auditor.mock() },
      organizationNamed: () => undefined,
    });
  const backupsOf = (source: Host, now = new Date()) =>
    new Backups({
      ...{ store: source.store, knex: source.knex, dataDirectory: source.directory, now: () => now },
      settle: () => trailOf(source).settle(),
      directories: [{ name: 'scratch', leftOut: 'of no use' }],
    });
  const load = ({ store, knex, directory }: Host, now = new Date()) =>
    loadBackup({ store, knex, dataDirectory: directory, now, logger });

  /** Work of every sort; answers the token that was given out. */
  async function workOn(source: Host): Promise<string> {
    const { knex, store, directory } = source;
    await store.write(['acme', 'globex'].map(creationOf));
    const issue = { principal: { type: 'user', name: 'ada' }, purpose: 'access', description: 'ci' } as const;
    const { token } = await new DatabaseTokenService(knex).issue(issue);
    const streams = new DatabaseStreamService(knex);
    await streams.append(STREAM, Buffer.from([0, 255, 10]));
    await streams.seal(STREAM);
    const effect = { id: 'u/push/1', name: 'push', key: '1', keyed: true, input: { depth: 1 } };
    const owner = { kind: 'AgentDispatchRun', namespace: 'krate-org-acme', name: 'r', uid: 'u' };
    await new EffectStore(knex).insert([{ ...effect, owner }], 1);
    const entry = { principal: issue.principal, action: 'create', outcome: 'allowed' } as const;
    for (let i = 0; i < 3; i += 1) await trailOf(source).record(entry);
    const revision = { uid: 'uid-acme', time: 1, action: 'update', object: '{}' };
    await knex('krate_revision').insert([1, 900].map(rv => ({ ...revision, resource_version: rv })));
    await mkdir(join(directory, 'scratch'));
    await mkdir(join(directory, 'keys'));
    await writeFile(join(directory, 'keys', 'secrets.json'), 'the key', { mode: 0o600 });
    return token;
  }

  const everythingOf = async ({ knex, store }: Host) => ({
    organizations: (await store.list(ORGANIZATIONS)).items,
    effects: await new EffectStore(knex).ofOwner('u'),
    stream: await new DatabaseStreamService(knex).read(STREAM),
    audit: (await trailOf({ knex, store } as Host).query({ limit: 10 })).items,
  });

  function carries(title: string, makeSource: MakeHost, makeTarget: MakeHost) {
    it(`carries everything from ${title}, while writes go on`, async () => {
      const source = await makeSource();
      const token = await workOn(source);
      const before = await everythingOf(source);

      let stopped = false;
      const writing = (async () => {
        for (let i = 0; !stopped; i += 1) await source.store.write([creationOf(`later-${i}`)]);
      })();
      const { file, manifest } = await backupsOf(source).make();
      stopped = true;
      await writing;
      const lost = await source.store.revision();

      const target = await makeTarget();
      await extract({ file, cwd: target.directory });
      await expect(load(target)).resolves.toEqual(manifest);

      const after = await everythingOf(target);
      const earlier = after.organizations.filter(({ name }) => !name.startsWith('later-'));
      expect({ ...after, organizations: earlier }).toEqual(before);
      await expect(new DatabaseTokenService(target.knex).verify(token)).resolves.toMatchObject({
        principal: { name: 'ada' },
      });
      await expect(trailOf(target).verify()).resolves.toMatchObject({ ok: true, events: 3 });
      await expect(
        target
          .knex('krate_revision')
          .pluck('resource_version')
          .then(all => all.map(Number)),
      ).resolves.toEqual([1]);
      await expect(readFile(join(target.directory, 'keys', 'secrets.json'), 'utf8')).resolves.toBe('the key');

      // It goes on: numbers, rows and revisions above all that were given out.
      const [{ revision }] = await target.store.write([creationOf('new')]);
      expect(revision).toBeGreaterThan(lost);
      await expect(target.store.watch({ ...ORGANIZATIONS, fromRevision: lost })).rejects.toMatchObject({
        code: 'compacted',
      });
      await trailOf(target).record({
        principal: { type: 'user', name: 'ada' },
        action: 'x',
        outcome: 'denied',
      });
      await expect(trailOf(target).verify()).resolves.toMatchObject({ ok: true, events: 4 });
    });
  }

  carries('SQLite to SQLite', onSqlite, onSqlite);

  onPostgres('with PostgreSQL', create => {
    const onServer = async () => {
      const knex = await create();
      await migrateLeases(knex);
      return host(knex, await temporary(), () => PostgresResourceStore.open({ knex }));
    };
    carries('PostgreSQL to PostgreSQL', onServer, onServer);
    carries('SQLite to PostgreSQL', onSqlite, onServer);
    carries('PostgreSQL to SQLite', onServer, onSqlite);

    it('knows every table, so that a new one is not forgotten', async () => {
      const { knex } = await onServer();
      const { rows } = await knex.raw(
        `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`,
      );
      const present = rows.map(({ table_name: name }: { table_name: string }) => name);
      const bookkeeping = /migrations(_lock)?$|krate_store_version/;
      const known = [...TABLES.map(({ name }) => name), ...Object.keys(LEFT_OUT_TABLES)];
      expect(present.filter((name: string) => !bookkeeping.test(name)).sort()).toEqual(known.sort());
    });
  });

  it('is readable by its owner alone, and leaves no half-made one', async () => {
    const source = await onSqlite();
    await workOn(source);
    const { file, bytes, manifest } = await backupsOf(source, new Date('2026-11-21T03:04:05.678Z')).make();
    expect(file).toBe(join(source.directory, 'backups', 'krate-20261121T030405Z.tar.gz'));
    const { mode, size } = await stat(file);
    expect({ mode: mode & 0o777, size }).toEqual({ mode: 0o600, size: bytes });
    await expect(readdir(join(source.directory, 'backups'))).resolves.toHaveLength(1);
    expect(manifest.leftOut).toEqual({ scratch: 'of no use', backups: 'backups themselves' });
  });

  it('is made one at a time', async () => {
    const backups = backupsOf(await onSqlite());
    const first = backups.make();
    await expect(backups.make()).rejects.toMatchObject({ reason: 'Conflict' });
    await first;
  });

  describe('when it is loaded', () => {
    const unpacked = async () => {
      const source = await onSqlite();
      await workOn(source);
      const { file } = await backupsOf(source).make();
      const target = await onSqlite();
      await extract({ file, cwd: target.directory });
      return target;
    };

    it.each([
      { hours: 0, atLeast: 1_000_000_000, reason: 'clocks that disagree by hours' },
      { hours: 24, atLeast: 24 * 3600 * 100_000, reason: 'a day of writes at any pace' },
      { hours: -24, atLeast: 1_000_000_000, reason: 'a clock that was ahead' },
    ])('goes on high enough for $reason', async ({ hours, atLeast }) => {
      const target = await unpacked();
      await load(target, new Date(Date.now() + hours * HOUR));
      await expect(target.store.revision()).resolves.toBeGreaterThanOrEqual(atLeast);
    });

    it('is taken up again after a start that was killed between two databases', async () => {
      const target = await unpacked();
      const killed = {
        ...target,
        store: { ...target.store, revision: async () => 0, load: () => Promise.reject(new Error('killed')) },
      };
      await expect(load(killed as never)).rejects.toThrow('killed');
      await expect(load(target)).resolves.toBeDefined();
      await expect(new EffectStore(target.knex).ofOwner('u')).resolves.toHaveLength(1);
    });

    it('is not loaded twice by a start that was killed before it could clear up', async () => {
      const target = await unpacked();
      const plan = join(target.directory, 'restore');
      await load(target);
      const revision = await target.store.revision();
      await target.store.write([creationOf('since')]);
      // As it was before the folder was removed.
      await mkdir(plan);
      await extractRestore(target.directory, revision);
      await load(target);
      await expect(target.store.revision()).resolves.toBe(revision + 1);
      await expect(readdir(target.directory)).resolves.not.toContain('restore');
    });

    it('leaves a database alone that is in use', async () => {
      const target = await unpacked();
      await target.store.write([creationOf('mine')]);
      await expect(load(target)).rejects.toThrow('the database is in use already');
      expect((await target.store.list(ORGANIZATIONS)).items).toHaveLength(1);
    });

    it('is refused when it is not complete', async () => {
      const target = await unpacked();
      await writeFile(join(target.directory, 'restore', 'resources.ndjson'), '');
      await expect(load(target)).rejects.toThrow('0 of 2 resources: the archive is not complete');
    });
  });
});

async function extractRestore(directory: string, revision: number): Promise<void> {
  const folder = join(directory, 'restore');
  const manifest = {
    ...{ kind: 'KrateBackup', format: 1, madeAt: new Date(0).toISOString(), revision: 2, database: 'sqlite' },
    ...{ records: 2, tables: {}, leftOut: {} },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'plan.json'), JSON.stringify({ revision }));
}
