import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { create, createMany, numbered, take, WIDGETS } from '../../conformance/objects';
import { SqliteResourceStore } from './SqliteResourceStore';

describe('the file of SqliteResourceStore', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'krate-store-'));
    file = join(folder, 'store.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('loses no acknowledged write when the process is killed', async () => {
    const acknowledged = await writeUntilKilled(file, 200);
    const store = await SqliteResourceStore.open({ file });
    const { items, revision } = await store.list(WIDGETS);

    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(acknowledged));
    expect(revision).toBe(items.length);
    const watch = await store.watch({ ...WIDGETS, fromRevision: 0 });
    const revisions = (await take(watch, revision)).map(event => event.revision);
    expect(revisions).toEqual(Array.from({ length: revision }, (_, i) => i + 1));
    await expect(create(store, { name: 'after' })).resolves.toMatchObject({ revision: revision + 1 });
    await store.close();
  }, 30_000);

  it('belongs to one process at a time', async () => {
    const store = await SqliteResourceStore.open({ file });
    await expect(SqliteResourceStore.open({ file, lockTimeoutMs: 50 })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('is another process using it?'),
    });
    await store.close();
    await (await SqliteResourceStore.open({ file })).close();
  });

  it.each([
    {
      reason: 'written by a newer release',
      prepare: async () => {
        await (await SqliteResourceStore.open({ file })).close();
        withDatabase(file, db => db.pragma('user_version = 999'));
      },
      message: 'schema version 999',
    },
    {
      reason: 'a database of something else',
      prepare: async () => withDatabase(file, db => db.exec('CREATE TABLE catalog (id TEXT)')),
      message: 'something else',
    },
    {
      reason: 'no database',
      prepare: () =>
        writeFile(file, 'a plain text file, long enough to have what SQLite reads as a header '.repeat(20)),
      message: 'not a database',
    },
  ])('is refused when it is $reason', async ({ prepare, message }) => {
    await prepare();
    await expect(SqliteResourceStore.open({ file })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(message),
    });
  });

  it('is kept when it is opened again, without running migrations twice', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const store = await SqliteResourceStore.open({ file });
      await expect(create(store, { name: `n-${round}` })).resolves.toMatchObject({ revision: round });
      await store.close();
    }
  });

  it('may be absent: a store in memory', async () => {
    const store = await SqliteResourceStore.open({ file: ':memory:' });
    const made = await create(store);
    await expect(store.list(WIDGETS)).resolves.toEqual({ items: [made], revision: 1 });
    await store.close();
  });

  it.each([
    { reason: 'the newest events stay, however old', historyLimit: { events: 4, minutes: 0 }, compacted: 8 },
    { reason: 'young events stay, however many', historyLimit: { events: 0, minutes: 5 }, compacted: 7 },
    { reason: 'either bound keeps an event', historyLimit: { events: 8, minutes: 5 }, compacted: 4 },
    { reason: 'everything old and surplus goes', historyLimit: { events: 0, minutes: 0 }, compacted: 12 },
  ])('forgets by itself: $reason', async ({ historyLimit, compacted }) => {
    // One event a minute; the clock then stands a minute after the last of twelve.
    let now = 0;
    const clock = { now: () => now, historyLimit };
    const store = await SqliteResourceStore.open({ file, ...clock, compactEverySeconds: 0.05 });
    for (let i = 0; i < 12; i += 1) {
      await create(store, { name: numbered(i) });
      now += 60_000;
    }
    const forgotten = async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 13 }, (_, fromRevision) => store.watch({ ...WIDGETS, fromRevision })),
      );
      return outcomes.filter(({ status }) => status === 'rejected').length;
    };
    while ((await forgotten()) < compacted) await new Promise(resolve => setTimeout(resolve, 20));
    await new Promise(resolve => setTimeout(resolve, 120));
    await expect(forgotten()).resolves.toBe(compacted);
    await store.close();
    withDatabase(file, db => {
      expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(12 - compacted);
    });
  });

  it('can be copied while writes go on, and the copy is a store', async () => {
    const store = await SqliteResourceStore.open({ file });
    await createMany(store, 500);
    const copy = join(folder, 'copy.sqlite');
    const copying = store.backup(copy);
    for (let i = 0; i < 20; i += 1) await create(store, { name: `later-${i}` });
    await copying;
    await expect(store.backup(copy)).rejects.toMatchObject({ code: 'invalid' });
    await store.close();

    const restored = await SqliteResourceStore.open({ file: copy });
    const { items, revision } = await restored.list(WIDGETS);
    expect(revision).toBeGreaterThanOrEqual(500);
    expect(items).toHaveLength(revision);
    await restored.close();
  });

  it('shrinks history that an interrupted compaction left', async () => {
    const first = await SqliteResourceStore.open({ file });
    await createMany(first, 20);
    await first.close();
    withDatabase(file, db => db.exec('UPDATE store SET compacted = 15'));

    const store = await SqliteResourceStore.open({ file });
    await expect(store.watch({ ...WIDGETS, fromRevision: 14 })).rejects.toMatchObject({ code: 'compacted' });
    await store.compact(15);
    await store.close();
    withDatabase(file, db => expect(db.prepare('SELECT min(revision) FROM event').pluck().get()).toBe(16));
  });
});

function withDatabase(file: string, work: (db: SqliteDatabase.Database) => void): void {
  const db = new SqliteDatabase(file);
  try {
    work(db);
  } finally {
    db.close();
  }
}

/** Starts a writing process, kills it the hard way after `count` acknowledgements, returns all it had printed. */
async function writeUntilKilled(file: string, count: number): Promise<string[]> {
  const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
  const script = join(__dirname, '__testUtils__', 'writeForever.ts');
  const child = spawn(process.execPath, ['--require', transform, script, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaints = '';
  child.stderr.on('data', data => {
    complaints += data;
  });
  child.stdout.on('data', data => {
    printed += data;
    if (printed.split('\n').length > count) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL') throw new Error(`The writing process ended by itself: ${complaints}`);
  return printed.split('\n').slice(0, -1);
}
