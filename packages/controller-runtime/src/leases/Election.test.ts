import { describeOnPostgres } from '@krate/test-postgres';
import { postgresSchema } from '../__testUtils__/postgresSchema';
import { eventually, RecordingLogger } from '../__testUtils__/support';
import { Clock, systemClock } from '../Clock';
import { EffectStore } from '../effects/EffectStore';
import { migrateEffects } from '../effects/migrateEffects';
import { FakeClock } from '../testkit/FakeClock';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { Elected, Election, Term } from './Election';
import { LeaseStore, LeaseToken } from './LeaseStore';
import { migrateLeases } from './migrateLeases';
import { SoleLeaseStore } from './SoleLeaseStore';

jest.setTimeout(60_000);

/** A part that tells when it begins and ends. */
class Part implements Elected {
  constructor(
    readonly term: Term,
    private readonly story: string[],
    private readonly name: string,
  ) {}

  async start() {
    this.story.push(`${this.name} starts`);
  }

  async stop() {
    this.story.push(`${this.name} stops`);
  }
}

function candidate(
  name: string,
  options: { store: LeaseStore; story: string[]; clock?: Clock; elapsed?: () => number; ttlMs?: number },
): Election<Part> {
  const { story, ttlMs = 1000, ...rest } = options;
  const logger = new RecordingLogger();
  return new Election({
    ...{ lease: 'controllers', holder: name, ttlMs, logger, ...rest },
    create: term => new Part(term, story, name),
  });
}

describe('Election', () => {
  it('lets one act, and the next as soon as it stops', async () => {
    const clock = new FakeClock();
    const given = { store: new SoleLeaseStore(), story: [] as string[], clock, elapsed: () => clock.now() };
    const [a, b] = [candidate('a', given), candidate('b', given)];
    await Promise.all([a.start(), b.start()]);
    await clock.advance(10_000);
    expect(given.story).toEqual(['a starts']);

    await a.stop();
    await clock.advance(100);
    expect(given.story).toEqual(['a starts', 'a stops', 'b starts']);
    await b.stop();
  });

  it('ends a term that cannot be renewed before anybody else may begin one, and begins anew', async () => {
    const clock = new FakeClock();
    const leases = new SoleLeaseStore();
    let away = false;
    const store: LeaseStore = {
      acquire: async lease => leases.acquire(lease),
      release: async token => leases.release(token),
      renew: async token => {
        if (away) throw new Error('the database is away');
        return leases.renew(token);
      },
    };
    const story: string[] = [];
    const a = candidate('a', { store, story, clock, elapsed: () => clock.now() });
    await a.start();
    const { term } = a.current!;
    const token = term.token();
    away = true;
    await clock.advance(999);
    expect(story).toEqual(['a starts']);
    await clock.advance(1);
    expect(story).toEqual(['a starts', 'a stops']);
    expect(a.current).toBeUndefined();
    expect(() => term.token()).toThrow('no longer held');

    await leases.release(token);
    await clock.advance(1000);
    expect(story).toEqual(['a starts', 'a stops', 'a starts']);
    expect(a.current!.term.token().epoch).toBeGreaterThan(token.epoch);
    expect(() => term.token()).toThrow('no longer held');
    await a.stop();
  });

  it('gives the lease back when what it elected cannot start', async () => {
    const clock = new FakeClock();
    const store = new SoleLeaseStore();
    let broken = true;
    const logger = new RecordingLogger();
    const election = new Election({
      ...{ store, lease: 'controllers', holder: 'a', logger, clock, elapsed: () => clock.now() },
      create: () => ({
        start: async () => {
          if (broken) throw new Error('no such table');
        },
        stop: async () => undefined,
      }),
    });
    await election.start();
    expect(election.current).toBeUndefined();
    expect(logger.lines.join()).toContain('no such table');
    broken = false;
    await clock.advance(1000);
    expect(election.current).toBeDefined();
    await election.stop();
  });
});

describeOnPostgres('Election on PostgreSQL', () => {
  const schema = postgresSchema();
  const elections: Election<Part>[] = [];
  const prepare = async () => {
    const knex = await schema.connect();
    await migrateLeases(knex);
    await migrateEffects(knex);
    return { knex, store: new DatabaseLeaseStore(knex), story: [] as string[] };
  };
  const run = async (election: Election<Part>) => {
    elections.push(election);
    await election.start();
    return election;
  };
  afterEach(async () => {
    for (const election of elections.splice(0)) await election.stop();
  });

  it('hands over at once when the holder stops', async () => {
    const given = await prepare();
    const a = await run(candidate('a', { ...given, ttlMs: 5000 }));
    const b = await run(candidate('b', { ...given, ttlMs: 5000 }));
    expect([a.current, b.current].map(Boolean)).toEqual([true, false]);
    const stopped = Date.now();
    await a.stop();
    await eventually(() => expect(b.current).toBeDefined(), 4000);
    expect(Date.now() - stopped).toBeLessThan(4000);
    expect(given.story).toEqual(['a starts', 'a stops', 'b starts']);
  });

  it('takes over from a holder that died', async () => {
    const given = await prepare();
    const dead: Clock = { now: Date.now, after: () => ({ cancel: () => undefined }) };
    const a = await run(candidate('a', { ...given, clock: dead }));
    const b = await run(candidate('b', given));
    expect(b.current).toBeUndefined();
    await eventually(() => expect(b.current).toBeDefined(), 10_000);
    expect(b.current!.term.token().epoch).toBe(2);
    expect(() => a.current!.term.token()).toThrow('no longer held');
  });

  it('keeps a holder that was frozen from writing, even if it does not know what time it is', async () => {
    const given = await prepare();
    // Its timers do not fire and its time stands still: it believes to hold the lease for ever.
    const frozen: Clock = { now: Date.now, after: () => ({ cancel: () => undefined }) };
    const a = await run(candidate('a', { ...given, clock: frozen, elapsed: () => 0 }));
    const stale = a.current!.term;
    const before = new EffectStore(given.knex, () => stale.token());
    await before.insert([draft('one')], 0);

    const b = await run(candidate('b', given));
    await eventually(() => expect(b.current).toBeDefined(), 10_000);
    const token: LeaseToken = stale.token();
    expect(token.epoch).toBe(1);
    const lost = { name: 'LeaseLostError' };
    await expect(before.insert([draft('two')], 0)).rejects.toMatchObject(lost);
    await expect(before.begin('one', 0)).rejects.toMatchObject(lost);
    await expect(before.finish('one', { state: 'Succeeded' }, 0)).rejects.toMatchObject(lost);
    await expect(before.requestCancel('one')).rejects.toMatchObject(lost);

    const after = new EffectStore(given.knex, () => b.current!.term.token());
    await after.begin('one', 0);
    await expect(after.unfinished()).resolves.toMatchObject([{ id: 'one', state: 'Running', attempts: 1 }]);
  });

  it('has never two of many who act, while holders come and go', async () => {
    const given = await prepare();
    const acting = new Set<string>();
    let most = 0;
    const logger = new RecordingLogger();
    const all = ['a', 'b', 'c', 'd'].map(
      name =>
        new Election({
          ...{
            store: given.store,
            lease: 'controllers',
            holder: name,
            ttlMs: 2000,
            logger,
            clock: systemClock,
          },
          create: () => ({
            start: async () => {
              acting.add(name);
              most = Math.max(most, acting.size);
            },
            stop: async () => {
              await new Promise(resolve => setTimeout(resolve, 50));
              acting.delete(name);
            },
          }),
        }),
    );
    await Promise.all(all.map(election => election.start()));
    for (let left = all.length; left > 0; left -= 1) {
      await eventually(() => expect(acting.size).toBe(1), 10_000);
      await all.find(election => election.current)!.stop();
    }
    expect(most).toBe(1);
    expect(acting.size).toBe(0);
  });
});

function draft(id: string) {
  return { id, name: 'provision', key: 'k', keyed: true, owner: { kind: 'Thing', name: 'x', uid: 'u' } };
}
