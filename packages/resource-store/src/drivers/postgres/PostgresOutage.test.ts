import { describeOnOwnPostgres, OwnPostgres, startPostgres } from '@krate/test-postgres';
import knexFactory, { Knex } from 'knex';
import { create, keyOf, take, WIDGETS } from '../../conformance/objects';
import { PostgresResourceStore } from './PostgresResourceStore';

jest.setTimeout(120_000);

describeOnOwnPostgres('PostgresResourceStore while its database is away', () => {
  let server: OwnPostgres;
  let knex: Knex;
  let store: PostgresResourceStore;
  let complaints: unknown[];

  beforeEach(async () => {
    server = await startPostgres();
    knex = knexFactory({ client: 'pg', connection: server.url, log: { warn: () => undefined } });
    complaints = [];
    store = await PostgresResourceStore.open({
      knex,
      timeoutMs: 1000,
      pollMs: 200,
      onBackgroundError: error => complaints.push(error),
    });
  });
  afterEach(async () => {
    server.resume();
    await store.close();
    await knex.destroy();
    await server.dispose();
  });

  it.each<{ reason: string; takeAway(): Promise<void> | void; bringBack(): Promise<void> | void }>([
    {
      reason: 'it was shut down',
      takeAway: () => server.stop('fast'),
      bringBack: () => server.start(),
    },
    {
      reason: 'it crashed',
      takeAway: () => server.stop('immediate'),
      bringBack: () => server.start(),
    },
    {
      reason: 'it is frozen and answers nothing',
      takeAway: () => server.pause(),
      bringBack: () => server.resume(),
    },
  ])('answers unavailable when $reason, and heals by itself', async ({ takeAway, bringBack }) => {
    await create(store, { name: 'before' });
    const watch = await store.watch({ ...WIDGETS, fromRevision: 1 });
    const following = take(watch, 1);
    await takeAway();

    const calls = [
      store.get(keyOf({ name: 'before' })),
      store.list(WIDGETS),
      store.revision(),
      create(store, { name: 'during' }),
      store.watch({ ...WIDGETS, fromRevision: 0 }),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'StoreError', code: 'unavailable' },
      });
    }

    await bringBack();
    const back = Date.now();
    await eventually(() => create(store, { name: `after-${Date.now()}` }));
    expect(Date.now() - back).toBeLessThan(10_000);
    // A watch that was open all the while goes on, and missed nothing.
    await expect(following).resolves.toMatchObject([{ type: 'ADDED', revision: 2 }]);
    expect(complaints.length).toBeLessThanOrEqual(2);
  });

  it.each([1, 2, 3])('keeps every acknowledged write over crashes, seed %i', async seed => {
    const random = seeded(seed);
    const acknowledged = new Map<string, number>();
    const refusals: unknown[] = [];
    let writing = true;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let i = 0; writing; i += 1) {
        const name = `w${writer}-${i}`;
        try {
          acknowledged.set(name, (await create(store, { name })).revision);
        } catch (error) {
          refusals.push(error);
          await pause(20);
        }
      }
    });
    for (let crash = 0; crash < 3; crash += 1) {
      await pause(100 + random() * 400);
      if (random() < 0.5) {
        await server.stop(random() < 0.5 ? 'immediate' : 'fast');
        await server.start();
      } else {
        server.pause();
        await pause(random() * 2500);
        server.resume();
      }
    }
    await eventually(() => store.get(keyOf()));
    await pause(300);
    writing = false;
    await Promise.all(writers);

    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'unavailable' });
    const { items, revision } = await store.list(WIDGETS);
    const stored = new Map(items.map(object => [object.name, object.revision]));
    for (const [name, at] of acknowledged) expect([name, stored.get(name)]).toEqual([name, at]);
    expect(acknowledged.size).toBeGreaterThan(0);
    // Creations only: one event per revision, none missing, none twice.
    const watch = await store.watch({ ...WIDGETS, fromRevision: 0 });
    const revisions = (await take(watch, revision)).map(event => event.revision);
    expect(revisions).toEqual(Array.from({ length: revision }, (_, i) => i + 1));
    expect(items).toHaveLength(revision);
  });
});

/** Tries until it succeeds; what fails meanwhile must say unavailable. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unavailable' });
      if (Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** A small generator of numbers in [0, 1), so that a failing story can be told again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
