import { Knex } from 'knex';
import { anEffectDatabase, eventually, RecordingLogger } from '../__testUtils__/support';
import { FakeClock } from '../testkit/FakeClock';
import { EffectRunner } from './EffectRunner';
import { EffectStore } from './EffectStore';

const HOUR = 3600 * 1000;
const WEEK = 7 * 24 * HOUR;
const owner = { kind: 'App', namespace: 'acme', name: 'a', uid: 'u1' };
const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ name: 'build', key: `k${from + index}` }));

describe('finished effects of a living owner', () => {
  let knex: Knex;
  let store: EffectStore;
  let runner: EffectRunner;
  let clock: FakeClock;
  let performed: string[];

  beforeEach(async () => {
    ({ knex, store } = await anEffectDatabase());
    clock = new FakeClock();
    performed = [];
    runner = start();
    await runner.start(() => 'exists');
  });
  afterEach(async () => {
    await runner.stop();
    await knex.destroy();
  });

  function start(): EffectRunner {
    return new EffectRunner({
      ...{ store, clock, logger: new RecordingLogger(), wake: () => undefined },
      effects: ['build', 'test'].map(name => ({
        name,
        observe: async () => ({ state: 'absent' }) as const,
        perform: async ({ id }) => void performed.push(id),
      })),
    });
  }

  const left = async () => (await store.ofOwner('u1')).map(({ id }) => id);
  const settled = (count: number) =>
    eventually(async () => {
      const records = await store.ofOwner('u1');
      expect(records.filter(({ state }) => state === 'Succeeded')).toHaveLength(count);
    });

  it('are forgotten when they are old, many and not wanted any more', async () => {
    await runner.record(owner, 1, keys(0, 15));
    await settled(15);
    await clock.advance(10);
    await runner.record(owner, 1, [...keys(13, 40), { name: 'test', key: 'one' }]);
    await settled(41);

    await clock.advance(WEEK - HOUR);
    expect(await left()).toHaveLength(41);
    await clock.advance(3 * HOUR);
    // The first thirteen are neither among the newest twenty of their name nor wanted; two of the old are wanted still.
    await eventually(async () => expect(await left()).toHaveLength(28));
    expect(await left()).toEqual(expect.arrayContaining(['u1/build/k13', 'u1/build/k14', 'u1/test/one']));
    expect(performed).toHaveLength(41);

    await runner.record(owner, 1, keys(13, 40));
    await clock.settle();
    expect(performed).toHaveLength(41);
  });

  it('stay while nobody has said in this process what is wanted', async () => {
    await runner.record(owner, 1, keys(0, 30));
    await settled(30);
    await runner.stop();
    runner = start();
    await runner.start(() => 'exists');
    await clock.advance(WEEK + 3 * HOUR);
    expect(await left()).toHaveLength(30);
    await runner.record(owner, 1, keys(29, 30));
    await clock.advance(HOUR);
    // The one that is wanted may be beyond the newest twenty: all of them ended at one moment.
    await eventually(async () => expect((await left()).length).toBeLessThanOrEqual(21));
  });
});
