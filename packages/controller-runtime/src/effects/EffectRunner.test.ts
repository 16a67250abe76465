import { Knex } from 'knex';
import { Effect, EffectAborted, EffectContext, EffectError } from '../defineReconciler';
import { anEffectDatabase, eventually, RecordingLogger } from '../__testUtils__/support';
import { FakeClock } from '../testkit/FakeClock';
import { EffectOwner, EffectStore } from './EffectStore';
import { EffectRunner, EffectRunnerOptions } from './EffectRunner';

const owner: EffectOwner = { kind: 'App', namespace: 'krate-org-acme', name: 'a', uid: 'u1' };
const never = new Promise<never>(() => undefined);

/** The outside world: remembers what was done to it, so that it can be observed. */
class World {
  readonly acts: string[] = [];
  act(id: string): string {
    this.acts.push(id);
    return `did ${id}`;
  }
}

describe('EffectRunner', () => {
  let knex: Knex;
  let store: EffectStore;
  let world: World;
  let wakes: number;
  let runners: EffectRunner[];

  beforeEach(async () => {
    ({ knex, store } = await anEffectDatabase());
    world = new World();
    wakes = 0;
    runners = [];
  });

  afterEach(async () => {
    await Promise.all(runners.map(runner => runner.stop()));
    await knex.destroy();
  });

  const buildEffect = (overrides: Partial<Effect> = {}): Effect => ({
    name: 'build',
    observe: async key =>
      world.acts.includes(key.id) ? { state: 'done', result: `did ${key.id}` } : { state: 'absent' },
    perform: async key => world.act(key.id),
    ...overrides,
  });

  async function aRunner(effects: Effect[] = [buildEffect()], options: Partial<EffectRunnerOptions> = {}) {
    const given = {
      store,
      effects,
      logger: new RecordingLogger(),
      wake: () => void (wakes += 1),
      stopTimeout: 50,
      random: () => 0,
    };
    const runner = new EffectRunner({ ...given, ...options });
    runners.push(runner);
    await runner.start(() => 'exists');
    return runner;
  }

  const only = async () => (await store.ofOwner('u1'))[0];
  const expectState = (state: string) =>
    eventually(async () => expect(await only()).toMatchObject({ state }));

  it('performs an intent once however often it is stated, and wakes the owner', async () => {
    const runner = await aRunner();
    await runner.record(owner, 1, [{ name: 'build', input: { a: 1 } }]);
    await runner.record(owner, 1, [{ name: 'build', input: { a: 2 } }]);
    await expectState('Succeeded');
    await runner.record(owner, 1, [{ name: 'build' }]);
    expect(world.acts).toEqual(['u1/build/g1']);
    expect(wakes).toBeGreaterThan(0);
    expect((await only()).input).toEqual({ a: 1 });
    expect(await runner.statesOf('u1', 1)).toEqual({
      build: expect.objectContaining({ state: 'Succeeded', result: 'did u1/build/g1', attempts: 1 }),
    });
    expect(runner.counts()).toMatchObject({ Pending: 0, Running: 0, Succeeded: 1 });
  });

  it('is on disk before anything is observed or performed', async () => {
    const seen: unknown[] = [];
    const looking = buildEffect({
      observe: async () => {
        seen.push((await only())?.state);
        return { state: 'absent' };
      },
      perform: async () => void seen.push((await only()).state),
    });
    const runner = await aRunner([looking]);
    await runner.record(owner, 1, [{ name: 'build' }]);
    await expectState('Succeeded');
    expect(seen).toEqual(['Pending', 'Running']);
  });

  it('tells apart generations, keys and uids', async () => {
    const runner = await aRunner();
    await runner.record(owner, 1, [{ name: 'build' }, { name: 'build', key: 'k' }]);
    await runner.record({ ...owner, uid: 'u2' }, 1, [{ name: 'build' }]);
    await eventually(() => expect(world.acts).toHaveLength(3));
    await runner.record(owner, 2, [{ name: 'build' }, { name: 'build', key: 'k' }]);
    await eventually(() =>
      expect(world.acts.sort()).toEqual(['u1/build/g1', 'u1/build/g2', 'u1/build/k', 'u2/build/g1']),
    );
    await eventually(async () =>
      expect((await runner.statesOf('u1', 2)).build).toMatchObject({ state: 'Succeeded' }),
    );
    expect(Object.keys(await runner.statesOf('u1', 2)).sort()).toEqual(['build', 'build/k']);
    expect(Object.keys(await runner.statesOf('u1', 3))).toEqual(['build/k']);
  });

  it('tells a resumed effect how far the earlier one came', async () => {
    const began: unknown[] = [];
    const counting = buildEffect({
      observe: async () => ({ state: 'absent' }),
      perform: async (_key, _input, { progress, report, signal }) => {
        began.push(progress);
        if (began.length > 1) return;
        await report({ reached: 7 });
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const first = await aRunner([counting]);
    await first.record(owner, 1, [{ name: 'build' }]);
    await eventually(async () => expect((await only()).progress).toEqual({ reached: 7 }));
    await first.stop();
    await aRunner([counting]);
    await expectState('Succeeded');
    expect(began).toEqual([undefined, { reached: 7 }]);
  });

  describe('after a crash', () => {
    /** A store whose process dies at a step: the call never returns, and nothing after it happens. */
    const dyingStore = (step: 'begin' | 'finish', when: 'before' | 'after') => {
      const dying = new EffectStore(knex);
      const original = dying[step].bind(dying) as (...args: any[]) => Promise<void>;
      dying[step] = async (...args: any[]) => {
        if (when === 'after') await original(...args);
        return never;
      };
      return dying;
    };

    it.each([
      {
        reason: 'the intent was recorded',
        options: () => ({ effects: [buildEffect({ observe: () => never })] }),
      },
      { reason: 'it was observed', options: () => ({ store: dyingStore('begin', 'before') }) },
      { reason: 'it was marked as running', options: () => ({ store: dyingStore('begin', 'after') }) },
      { reason: 'perform was called', options: () => ({ effects: [buildEffect({ perform: () => never })] }) },
      {
        reason: 'the act was done',
        options: () => ({
          effects: [buildEffect({ perform: key => Promise.resolve(world.act(key.id)).then(() => never) })],
        }),
      },
      { reason: 'perform returned', options: () => ({ store: dyingStore('finish', 'before') }) },
      { reason: 'the outcome was stored', options: () => ({ store: dyingStore('finish', 'after') }) },
    ])('just after $reason, the act is still done exactly once', async ({ options }) => {
      const { effects, ...rest } = { effects: undefined, ...options() };
      const first = await aRunner(effects ?? [buildEffect()], rest);
      await first.record(owner, 1, [{ name: 'build' }]);
      await new Promise(resolve => setTimeout(resolve, 50));

      const second = await aRunner();
      await expectState('Succeeded');
      expect(world.acts).toEqual(['u1/build/g1']);
      expect((await second.statesOf('u1', 1)).build).toMatchObject({
        state: 'Succeeded',
        result: 'did u1/build/g1',
      });
    });

    it('takes up work that still runs outside', async () => {
      const first = await aRunner([buildEffect({ perform: () => never })]);
      await first.record(owner, 1, [{ name: 'build' }]);
      await expectState('Running');
      await aRunner([
        buildEffect({ observe: async () => ({ state: 'running' }), perform: async () => 'taken up' }),
      ]);
      await eventually(async () =>
        expect(await only()).toMatchObject({ state: 'Succeeded', result: 'taken up', attempts: 2 }),
      );
    });

    it('cancels what belongs to an owner that is gone, ending what runs outside', async () => {
      const first = await aRunner([buildEffect({ perform: () => never })]);
      await first.record(owner, 1, [{ name: 'build' }]);
      await expectState('Running');
      const reasons: unknown[] = [];
      const stopping = buildEffect({
        observe: async () => ({ state: 'running' }),
        perform: async (_key, _input, { signal }) => {
          reasons.push((signal.reason as EffectAborted).why);
          throw signal.reason;
        },
      });
      const second = new EffectRunner({
        store,
        effects: [stopping],
        logger: new RecordingLogger(),
        wake: () => undefined,
      });
      runners.push(second);
      await second.start(() => 'gone');
      await expectState('Cancelled');
      expect(reasons).toEqual(['cancel']);
    });

    it('remembers on disk that the owner is gone, in case this process dies too', async () => {
      const first = await aRunner([buildEffect({ perform: () => never })]);
      await first.record(owner, 1, [{ name: 'build' }]);
      await expectState('Running');
      const blind = buildEffect({ observe: () => never });
      const second = new EffectRunner({
        store,
        effects: [blind],
        logger: new RecordingLogger(),
        wake: () => undefined,
        stopTimeout: 50,
      });
      runners.push(second);
      await second.start(() => 'gone');
      expect(await only()).toMatchObject({ state: 'Running', cancelRequested: true });
    });

    it('leaves alone what nothing installed can judge', async () => {
      const first = await aRunner([buildEffect({ perform: () => never })]);
      await first.record(owner, 1, [{ name: 'build' }]);
      await expectState('Running');
      const logger = new RecordingLogger();
      await aRunner([], { logger });
      expect(await only()).toMatchObject({ state: 'Running' });
      expect(logger.lines).toEqual([
        'warn: Effect u1/build/g1 waits: nothing installed performs it or knows its owner',
      ]);
    });
  });

  it('on stop aborts with the reason shutdown and leaves the record to be observed', async () => {
    let reason: unknown;
    const waiting = buildEffect({
      perform: (_key, _input, { signal }) => untilAborted(signal).catch(e => Promise.reject((reason = e))),
    });
    const runner = await aRunner([waiting]);
    await runner.record(owner, 1, [{ name: 'build' }]);
    await expectState('Running');
    await runner.stop();
    expect(reason).toMatchObject({ why: 'shutdown' });
    expect(await only()).toMatchObject({ state: 'Running' });
  });

  it('on stop stores the progress that still waited for its turn', async () => {
    const talking = buildEffect({
      perform: async (_key, _input, { signal, report }) => {
        await report(1);
        report(2);
        return untilAborted(signal);
      },
    });
    const runner = await aRunner([talking]);
    await runner.record(owner, 1, [{ name: 'build' }]);
    await eventually(async () => expect(await only()).toMatchObject({ progress: 1 }));
    await runner.stop();
    expect(await only()).toMatchObject({ state: 'Running', progress: 2 });
  });

  describe('cancel', () => {
    it('aborts what runs and is Cancelled once it has let go', async () => {
      const runner = await aRunner([
        buildEffect({ perform: (_key, _input, { signal }) => untilAborted(signal) }),
      ]);
      await runner.record(owner, 1, [{ name: 'build' }]);
      await expectState('Running');
      await runner.record(owner, 1, [{ name: 'build', cancel: true }]);
      await expectState('Cancelled');
    });

    it('is Succeeded when the work was done by then', async () => {
      const finishing = buildEffect({
        perform: async (_key, _input, { signal }) => untilAborted(signal).catch(() => 'done anyway'),
      });
      const runner = await aRunner([finishing]);
      await runner.record(owner, 1, [{ name: 'build' }]);
      await expectState('Running');
      await runner.record(owner, 1, [{ name: 'build', cancel: true }]);
      await eventually(async () =>
        expect(await only()).toMatchObject({ state: 'Succeeded', result: 'done anyway' }),
      );
    });

    it('does not wait for a retry that is due later', async () => {
      const runner = await aRunner([
        buildEffect({ perform: () => Promise.reject(new EffectError('Busy', 'busy', true)) }),
      ]);
      await runner.record(owner, 1, [{ name: 'build' }]);
      await eventually(async () => expect(await only()).toMatchObject({ state: 'Pending', failures: 1 }));
      await runner.record(owner, 1, [{ name: 'build', cancel: true }]);
      await eventually(async () => expect(await only()).toMatchObject({ state: 'Cancelled' }), 500);
    });

    it('happens to an earlier generation, which ends before the later one starts', async () => {
      const log: string[] = [];
      const logged = buildEffect({
        perform: async (key, _input, { signal }) => {
          log.push(`start ${key.id}`);
          if (key.id.endsWith('g2')) return;
          await untilAborted(signal).catch(() => new Promise(resolve => setTimeout(resolve, 30)));
          log.push(`end ${key.id}`);
          throw signal.reason;
        },
      });
      const runner = await aRunner([logged]);
      await runner.record(owner, 1, [{ name: 'build' }]);
      await eventually(() => expect(log).toHaveLength(1));
      await runner.record(owner, 2, [{ name: 'build' }]);
      await eventually(() =>
        expect(log).toEqual(['start u1/build/g1', 'end u1/build/g1', 'start u1/build/g2']),
      );
    });
  });

  describe('failure', () => {
    it('waits twice as long each time and is final after maxAttempts', async () => {
      const clock = new FakeClock();
      const starts: number[] = [];
      const failing = buildEffect({
        maxAttempts: 4,
        perform: async () => {
          starts.push(clock.now());
          throw new Error('broken');
        },
      });
      const runner = await aRunner([failing], { clock });
      await runner.record(owner, 1, [{ name: 'build' }]);
      await clock.advance(60_000);
      expect(starts.slice(1).map((at, i) => at - starts[i])).toEqual([1_000, 2_000, 4_000]);
      expect(await only()).toMatchObject({
        state: 'Failed',
        attempts: 4,
        error: { code: 'Unexpected', message: 'broken', retryable: true },
      });
    });

    it('is final at once when the effect says that a retry cannot help', async () => {
      const runner = await aRunner([
        buildEffect({ perform: () => Promise.reject(new EffectError('NoSuchBranch', 'no main')) }),
      ]);
      await runner.record(owner, 1, [{ name: 'build' }]);
      await expectState('Failed');
      expect((await runner.statesOf('u1', 1)).build!.error).toEqual({
        code: 'NoSuchBranch',
        message: 'no main',
        retryable: false,
      });
    });

    it('of observe performs nothing', async () => {
      const clock = new FakeClock();
      const blind = buildEffect({ maxAttempts: 2, observe: () => Promise.reject(new Error('no network')) });
      const runner = await aRunner([blind], { clock });
      await runner.record(owner, 1, [{ name: 'build' }]);
      await clock.advance(60_000);
      expect(await only()).toMatchObject({ state: 'Failed', attempts: 0 });
      expect(world.acts).toEqual([]);
    });

    it('to store the outcome is retried without repeating the act', async () => {
      const broken = new EffectStore(knex);
      let left = 2;
      const finish = broken.finish.bind(broken);
      broken.finish = async (...args) =>
        left-- > 0 ? Promise.reject(new Error('disk full')) : finish(...args);
      const runner = await aRunner([buildEffect()], { store: broken });
      await runner.record(owner, 1, [{ name: 'build' }]);
      await expectState('Succeeded');
      expect(world.acts).toHaveLength(1);
    });
  });

  it('performs nothing in a paused namespace, ends what is cancelled there, and goes on after the pause', async () => {
    const clock = new FakeClock();
    let paused = true;
    const runner = await aRunner([buildEffect()], {
      clock,
      paused: place => paused && place === owner.namespace,
    });
    await runner.record(owner, 1, [{ name: 'build', input: {} }]);
    await runner.record({ ...owner, uid: 'u2' }, 1, [{ name: 'build', input: {} }]);
    await clock.advance(60_000);
    expect(world.acts).toEqual([]);
    await runner.ownerGone('u2');
    await eventually(async () => {
      await clock.advance(5_000);
      expect((await runner.statesOf('u2', 1)).build.state).toBe('Cancelled');
    });
    paused = false;
    await eventually(async () => {
      await clock.advance(5_000);
      expect((await runner.statesOf('u1', 1)).build.state).toBe('Succeeded');
    });
    expect(world.acts).toHaveLength(1);
  });

  it('stores progress at most five times a second, and always the last value', async () => {
    const clock = new FakeClock();
    let context!: EffectContext<number>;
    let finish!: (value: string) => void;
    const talking = buildEffect({
      perform: (_key, _input, ctx) => {
        context = ctx as EffectContext<number>;
        return new Promise(resolve => (finish = resolve));
      },
    });
    const stores: unknown[] = [];
    const report = store.reportProgress.bind(store);
    store.reportProgress = async (id, value) => {
      stores.push(value);
      await report(id, value);
    };
    const runner = await aRunner([talking], { clock });
    await runner.record(owner, 1, [{ name: 'build' }]);
    await clock.settle();
    const before = wakes;
    for (let i = 1; i <= 100; i += 1) {
      context.report(i);
      await clock.advance(10);
    }
    expect(stores.length).toBeLessThanOrEqual(6);
    expect(wakes - before).toBe(stores.length);
    context.report(101);
    finish('over');
    await clock.settle();
    expect(await only()).toMatchObject({ state: 'Succeeded', progress: 101, result: 'over' });
  });

  it('runs no more of one name at once than its concurrency', async () => {
    let now = 0;
    let most = 0;
    const counted = buildEffect({
      concurrency: 2,
      perform: async () => {
        most = Math.max(most, (now += 1));
        await new Promise(resolve => setTimeout(resolve, 5));
        now -= 1;
      },
    });
    const runner = await aRunner([counted]);
    await runner.record(
      owner,
      1,
      ['a', 'b', 'c', 'd', 'e'].map(key => ({ name: 'build', key })),
    );
    await eventually(() => expect(runner.counts()).toMatchObject({ Succeeded: 5 }));
    expect(most).toBe(2);
  });

  it.each([
    {
      reason: 'nobody registered the effect',
      intent: { name: 'fly' },
      error: 'No effect named fly is registered',
    },
    {
      reason: 'the key stands for a generation',
      intent: { name: 'build', key: 'g3' },
      error: 'is reserved for generations',
    },
  ])('refuses an intent when $reason', async ({ intent, error }) => {
    const runner = await aRunner();
    await expect(runner.record(owner, 1, [intent])).rejects.toThrow(error);
    expect(await store.ofOwner('u1')).toEqual([]);
  });

  it('forgets finished effects a week after their owner went away', async () => {
    const clock = new FakeClock();
    const runner = await aRunner([buildEffect()], { clock });
    await runner.record(owner, 1, [{ name: 'build' }]);
    await expectState('Succeeded');
    const week = 7 * 24 * 3600 * 1000;
    for (const [later, left] of [
      [week - 1, 1],
      [2, 0],
    ]) {
      await clock.advance(later);
      const next = new EffectRunner({
        store,
        effects: [buildEffect()],
        logger: new RecordingLogger(),
        wake: () => undefined,
        clock,
      });
      await next.start(() => 'gone');
      expect(await store.ofOwner('u1')).toHaveLength(left);
    }
  });
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
