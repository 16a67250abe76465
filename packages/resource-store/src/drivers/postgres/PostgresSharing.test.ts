import { describeOnPostgres } from '@krate/test-postgres';
import type { Knex } from 'knex';
import {
  create,
  createMany,
  creation,
  draftOf,
  keyOf,
  numbered,
  remove,
  take,
  update,
  WIDGETS,
} from '../../conformance/objects';
import { StoreEvent, Watch, WriteOperation } from '../../ResourceStore';
import { freshSchemas } from './__testUtils__/freshSchemas';
import { POSTGRES_MIGRATIONS } from './migrations';
import { PostgresResourceStore } from './PostgresResourceStore';
import { PostgresResourceStoreOptions } from './PostgresResourceStoreOptions';
import { PostgresSignals } from './PostgresSignals';

jest.setTimeout(60_000);

describeOnPostgres('several PostgresResourceStores on one schema', () => {
  const schemas = freshSchemas();
  const stores: PostgresResourceStore[] = [];
  const pools: Knex[] = [];

  /** A store with a pool of its own, as another process would have. */
  async function open(name: string, options: Partial<PostgresResourceStoreOptions> = {}) {
    const knex = await schemas.create({ name });
    pools.push(knex);
    const store = await PostgresResourceStore.open({ knex, ...options });
    stores.push(store);
    return store;
  }

  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const pool of pools.splice(0)) await pool.destroy();
  });

  it.each([
    { reason: 'told by the database', options: { pollMs: 60_000 } },
    { reason: 'by looking, where connections cannot listen', options: { listen: false, pollMs: 20 } },
  ])('see each other’s writes in their watches, $reason', async ({ options }) => {
    const [a, b] = [
      await open(`both_${options.pollMs}`, options),
      await open(`both_${options.pollMs}`, options),
    ];
    const watches: Watch[] = [
      await a.watch({ ...WIDGETS, fromRevision: 0 }),
      await b.watch({ ...WIDGETS, fromRevision: 0 }),
    ];
    const made = await create(a);
    const changed = await update(b, made, { spec: { by: 'b' } });
    await remove(a, changed);
    const [seenByA, seenByB] = await Promise.all(watches.map(watch => take(watch, 3)));
    expect(seenByB).toEqual(seenByA);
    expect(seenByA.map(({ type, revision }) => `${type} ${revision}`)).toEqual([
      'ADDED 1',
      'MODIFIED 2',
      'DELETED 3',
    ]);
  });

  it('lets a watch begin where only another one has been so far', async () => {
    const options = { listen: false, pollMs: 60_000 };
    const [a, b] = [await open('ahead', options), await open('ahead', options)];
    await createMany(a, 700);
    await expect(b.revision()).resolves.toBe(700);
    const watch = await b.watch({ ...WIDGETS, fromRevision: 700 });
    const next = await create(a, { name: 'next' });
    await b.revision();
    await expect(take(watch, 1)).resolves.toEqual([{ type: 'ADDED', revision: 701, object: next }]);
  });

  it('have one order of revisions, and every watch of every store sees it, while all write', async () => {
    const all = await Promise.all([1, 2, 3].map(() => open('order')));
    const watches = await Promise.all(all.map(store => store.watch({ ...WIDGETS, fromRevision: 0 })));
    const writers = all.flatMap((store, index) =>
      Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0; i < 10; i += 1) await create(store, { name: `s${index}-w${writer}-${i}` });
      }),
    );
    await Promise.all(writers);
    const streams = await Promise.all(watches.map(watch => take(watch, 240)));
    for (const stream of streams) expect(stream.map(({ revision }) => revision)).toEqual(upTo(240));
    expect(new Set(streams.map(namesIn)).size).toBe(1);
  });

  it('let exactly one of many writers win from the same revision, whoever serves them', async () => {
    const all = [await open('race'), await open('race')];
    const before = await create(all[0]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 24 }, (_, size) => update(all[size % 2], before, { spec: { size } })),
    );
    const lost = outcomes.filter(outcome => outcome.status === 'rejected');
    expect(lost).toHaveLength(23);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'conflict' });
    await expect(all[0].revision()).resolves.toBe(2);
  });

  it('make an object once and number without repeats or gaps', async () => {
    const all = [await open('numbers'), await open('numbers')];
    const once = await Promise.allSettled(all.map(store => store.write([creation({ name: 'once' })])));
    expect(once.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, i) => all[i % 2].write([numberedCreation()])),
    );
    const names = results.map(([{ object }]) => object.name).sort();
    expect(names).toEqual(Array.from({ length: 30 }, (_, i) => `issue-${numbered(i + 1)}`));
  });

  it('answer compacted everywhere once one of them has forgotten', async () => {
    const [a, b] = [await open('forget'), await open('forget')];
    await createMany(a, 10);
    const page = await b.list({ ...WIDGETS, limit: 2 });
    await create(b, { name: 'z' });
    await a.compact(11);
    await expect(b.watch({ ...WIDGETS, fromRevision: 10 })).rejects.toMatchObject({ code: 'compacted' });
    await expect(b.list({ ...WIDGETS, limit: 2, continue: page.continue })).rejects.toMatchObject({
      code: 'compacted',
    });
    await expect(b.watch({ ...WIDGETS, fromRevision: 11 })).resolves.toBeDefined();
  });

  it('end the watches of one that was away for longer than history reaches', async () => {
    const [a, away] = [await open('away'), await open('away', { listen: false, pollMs: 60_000 })];
    const watch = await away.watch({ ...WIDGETS, fromRevision: 0 });
    const waiting = take(watch, 1);
    await createMany(a, 5);
    await a.compact(5);
    await away.revision();
    await expect(waiting).rejects.toMatchObject({ code: 'compacted' });
    await expect(away.watch({ ...WIDGETS, fromRevision: 5 })).resolves.toBeDefined();
  });

  it('refuse a write whose lease has passed on, in the transaction of the write', async () => {
    const store = await open('fences');
    const [knex] = pools;
    await knex.schema.createTable('krate_lease', table => {
      table.string('name').primary();
      table.bigInteger('epoch');
    });
    await knex('krate_lease').insert({ name: 'controllers', epoch: 7 });
    const write = (name: string, epoch: number) =>
      store.write([creation({ name })], { fence: { lease: 'controllers', epoch } });

    const outcomes = await Promise.allSettled([write('a', 7), write('b', 6), create(store, { name: 'c' })]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'fenced' } });
    await expect(store.revision()).resolves.toBe(2);

    // It passes on while the write is on its way: the write waits for the row and finds it changed.
    const passing = await knex.transaction();
    await passing('krate_lease').update({ epoch: 8 });
    const late = write('d', 7);
    await new Promise(resolve => setTimeout(resolve, 200));
    await passing.commit();
    await expect(late).rejects.toMatchObject({ code: 'fenced' });
    await expect(write('e', 8)).resolves.toMatchObject([{ revision: 3 }]);
  });

  it('may all start at once on an empty schema', async () => {
    const all = await Promise.all(['start', 'start', 'start', 'start'].map(name => open(name)));
    await create(all[0]);
    await expect(all[3].revision()).resolves.toBe(1);
  });

  it('hear each other’s signals', async () => {
    const heard: string[] = [];
    const signals = await Promise.all(
      ['a', 'b'].map(async name => {
        const knex = await schemas.create({ name: 'signals' });
        pools.push(knex);
        return new PostgresSignals(knex, 'test_signal', message => heard.push(`${name} hears ${message}`));
      }),
    );
    await Promise.all(signals.map(signal => signal.start()));
    await signals[0].send('"hello"');
    while (heard.length < 2) await new Promise(resolve => setTimeout(resolve, 10));
    expect(heard.sort()).toEqual(['a hears "hello"', 'b hears "hello"']);
    await Promise.all(signals.map(signal => signal.stop()));
  });

  it('refuse a schema of a newer release and leave it alone', async () => {
    await (await open('newer')).close();
    await pools[0]('krate_store_version').insert({ version: 999 });
    await expect(open('newer')).rejects.toMatchObject({
      code: 'unavailable',
      message: `The database has schema version 999, this release knows up to ${POSTGRES_MIGRATIONS.length}; run a newer release`,
    });
  });
});

function numberedCreation(): WriteOperation {
  return {
    type: 'create',
    key: keyOf(),
    draft: draftOf(),
    number: {
      counter: 'issues',
      assign: value => {
        const name = `issue-${numbered(value)}`;
        return { key: keyOf({ name }), draft: draftOf({ name }) };
      },
    },
  };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

function namesIn(events: readonly StoreEvent[]): string {
  return events.map(({ object }) => object.name).join(' ');
}
