import { ApiError } from '@krate/resource-model';
import { ControllerManager, ControllerManagerOptions } from './ControllerManager';
import { defineReconciler, reads, TerminalError } from '../defineReconciler';
import { FakeClock } from '../testkit/FakeClock';
import { FakeResourceClient } from '../testkit/FakeResourceClient';
import { App, Event, Library, Part } from '../__testUtils__/fixtures';
import { anEffectDatabase, eventually, RecordingLogger } from '../__testUtils__/support';

const namespace = 'krate-org-acme';
const app = (name: string, spec: object = {}) => ({
  apiVersion: App.apiVersion,
  kind: 'App',
  metadata: { name, namespace },
  spec,
});
const library = (name: string, version: string, ns = namespace) => ({
  apiVersion: Library.apiVersion,
  kind: 'Library',
  metadata: { name, namespace: ns },
  spec: { version },
});

describe('ControllerManager', () => {
  let client: FakeResourceClient;
  let logger: RecordingLogger;
  let manager: ControllerManager | undefined;
  let database: Awaited<ReturnType<typeof anEffectDatabase>>;

  beforeEach(async () => {
    client = new FakeResourceClient();
    logger = new RecordingLogger();
    database = await anEffectDatabase();
  });

  afterEach(async () => {
    await manager?.stop();
    manager = undefined;
    await database.knex.destroy();
  });

  async function run(
    options: Partial<ControllerManagerOptions> & Pick<ControllerManagerOptions, 'reconcilers'>,
  ) {
    manager = new ControllerManager({
      client,
      effectStore: database.store,
      logger,
      eventKind: Event,
      ...options,
    });
    await manager.start();
    return manager;
  }

  const statusOf = async (name: string) => (await client.get(App, { namespace, name }))?.status;
  const callsTo = (verb: string) => client.calls.filter(call => call.startsWith(`${verb} `));
  /** Until nothing is queued or running and the world has been quiet for a while. */
  const quiet = async () => {
    for (let calm = 0, before = -1; calm < 5;) {
      await new Promise(resolve => setTimeout(resolve, 5));
      const now = Object.values(manager!.metrics().reconcilers).reduce((sum, one) => sum + one.reconciles, 0);
      calm = now === before ? calm + 1 : 0;
      before = now;
    }
  };

  const versioned = defineReconciler({
    for: App,
    reads: { library: reads.ref(Library, 'spec.library') },
    reconcile: ctx => {
      if (!ctx.library) {
        return {
          status: { version: null },
          conditions: [
            { type: 'Ready', status: 'False', reason: 'LibraryMissing', message: 'No such library' },
          ],
        };
      }
      return {
        status: { version: ctx.library.spec.version },
        conditions: [{ type: 'Ready', status: 'True', reason: 'Available', message: 'Ready' }],
      };
    },
  });

  it('brings objects that existed before the start into shape and writes their status once', async () => {
    await client.create(Library, library('lib', '7'));
    await client.create(App, app('a', { library: 'lib' }));
    await run({ reconcilers: [versioned] });
    await eventually(async () =>
      expect(await statusOf('a')).toMatchObject({ version: '7', observedGeneration: 1 }),
    );
    await quiet();
    expect(callsTo('updateStatus')).toEqual(['updateStatus apps krate-org-acme/a']);
  });

  it('wakes the objects that name a changed one, and only in its namespace', async () => {
    await client.create(App, app('a', { library: 'lib' }));
    await run({ reconcilers: [versioned] });
    await eventually(async () =>
      expect((await statusOf('a'))?.conditions?.[0]).toMatchObject({ reason: 'LibraryMissing' }),
    );
    await quiet();
    const before = manager!.metrics().reconcilers.app.reconciles;

    await client.create(Library, library('lib', '1', 'krate-org-other'));
    await quiet();
    expect(manager!.metrics().reconcilers.app.reconciles).toBe(before);

    await client.create(Library, library('lib', '2'));
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ version: '2' }));
    await client.delete(Library, { namespace, name: 'lib' });
    await eventually(async () =>
      expect((await statusOf('a'))?.conditions?.[0]).toMatchObject({ reason: 'LibraryMissing' }),
    );
    expect(await statusOf('a')).not.toHaveProperty('version');
  });

  it('applies a child once, owned by its parent, and restores it when it is changed or deleted', async () => {
    const withPart = defineReconciler({
      for: App,
      reads: { parts: reads.owned(Part) },
      reconcile: (ctx, object) => ({
        status: { parts: ctx.parts.length },
        apply: [
          {
            kind: Part,
            object: {
              metadata: { name: `${object.metadata.name}-part` },
              spec: { text: object.spec.text },
            } as any,
          },
        ],
      }),
    });
    const parent = await client.create(App, app('a', { text: 'x' }));
    await run({ reconcilers: [withPart] });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ parts: 1 }));
    await quiet();
    expect(callsTo('apply')).toHaveLength(1);
    const part = await client.get(Part, { namespace, name: 'a-part' });
    expect(part!.metadata.ownerReferences).toEqual([
      expect.objectContaining({ kind: 'App', name: 'a', uid: parent.metadata.uid, controller: true }),
    ]);

    await client.updateStatus(Part, { ...part!, status: { phase: 'fine' } as any });
    await quiet();
    expect(callsTo('apply')).toHaveLength(1);

    await client.patch(Part, { namespace, name: 'a-part' }, { spec: { text: 'spoiled' } });
    await eventually(async () =>
      expect((await client.get(Part, { namespace, name: 'a-part' }))?.spec.text).toBe('x'),
    );

    await client.delete(Part, { namespace, name: 'a-part' });
    await eventually(async () => expect(await client.get(Part, { namespace, name: 'a-part' })).toBeDefined());
  });

  it('does not act on a cache older than its own writes', async () => {
    let wanted = false;
    let made = 0;
    const creating = defineReconciler({
      for: App,
      reads: { parts: reads.owned(Part) },
      reconcile: ctx => ({
        status: { parts: ctx.parts.length },
        apply:
          wanted && ctx.parts.length === 0
            ? [{ kind: Part, object: { metadata: { name: `part-${(made += 1)}` }, spec: {} } as any }]
            : [],
      }),
    });
    await client.create(App, app('a'));
    await run({ reconcilers: [creating] });
    await quiet();

    wanted = true;
    client.holdEvents();
    for (let i = 0; i < 3; i += 1) {
      manager!.wake(App, { namespace, name: 'a' });
      await quiet();
    }
    expect(callsTo('apply')).toEqual(['apply parts krate-org-acme/part-1']);
    client.releaseEvents();
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ parts: 1 }));
    await quiet();
    expect(callsTo('apply')).toHaveLength(1);
  });

  describe('does not take over', () => {
    const greedy = defineReconciler({
      for: App,
      reads: { parts: reads.owned(Part) },
      reconcile: () => ({
        apply: [{ kind: Part, object: { metadata: { name: 'a-part' }, spec: { text: 'mine' } } as any }],
      }),
    });
    const blind = defineReconciler({
      for: App,
      reconcile: () => ({
        apply: [{ kind: Part, object: { metadata: { name: 'a-part' }, spec: { text: 'mine' } } as any }],
      }),
    });
    const other = { apiVersion: 'v1', kind: 'Other', name: 'o', uid: 'other', controller: true };

    it.each([
      {
        reason: 'a child that another controls',
        reconciler: greedy,
        ownerReferences: [other],
        says: 'is controlled by Other o',
      },
      { reason: 'what somebody made', reconciler: greedy, says: 'was made by somebody else' },
      { reason: 'what no cache knows of', reconciler: blind, says: 'was made by somebody else' },
    ])('$reason', async ({ reconciler, ownerReferences, says }) => {
      const metadata = { name: 'a-part', namespace, ...(ownerReferences && { ownerReferences }) };
      await client.create(Part, {
        ...{ apiVersion: Part.apiVersion, kind: 'Part', metadata, spec: { text: 'theirs' } },
      });
      await client.create(App, app('a'));
      await run({ reconcilers: [reconciler] });
      await eventually(async () => {
        const [event] = (await client.list(Event)).items;
        expect(event.message).toBe(`Part a-part ${says}; delete it or give the new one another name`);
      });
      expect(callsTo('apply')).toEqual([]);
      expect((await client.get(Part, { namespace, name: 'a-part' }))?.spec.text).toBe('theirs');
    });

    it('but takes back its own child, whose reference was removed', async () => {
      await client.create(App, app('a'));
      await run({ reconcilers: [greedy] });
      const part = async () => (await client.get(Part, { namespace, name: 'a-part' }))!;
      await eventually(async () => expect((await part()).spec.text).toBe('mine'));
      await client.patch(
        Part,
        { namespace, name: 'a-part' },
        { metadata: { ownerReferences: null, managedFields: [{ manager: 'app', operation: 'Apply' }] } },
      );
      await eventually(async () => expect((await part()).metadata.ownerReferences).toHaveLength(1));
    });
  });

  it('lets nothing begin in a paused namespace, and catches up when the pause ends', async () => {
    const clock = new FakeClock();
    let paused = true;
    await client.create(App, app('a'));
    await run({ reconcilers: [versioned], clock, paused: place => paused && place === namespace });
    await clock.advance(60_000);
    expect(manager!.metrics().reconcilers.app).toMatchObject({ reconciles: 0 });
    paused = false;
    await eventually(async () => {
      await clock.advance(5_000);
      expect(await statusOf('a')).toBeDefined();
    });
  });

  it('refuses a condition that the reconciler does not own', async () => {
    const stray = defineReconciler({
      for: App,
      owns: ['Built'],
      reconcile: () => ({
        conditions: [{ type: 'Ready', status: 'True', reason: 'Available', message: '' }],
      }),
    });
    await client.create(App, app('a'));
    await run({ reconcilers: [stray] });
    await eventually(() =>
      expect(manager!.metrics().reconcilers.app).toMatchObject({ terminalErrors: 1, errors: 0 }),
    );
    expect(await statusOf('a')).toBeUndefined();
  });

  it('hides conflicts: it looks again and writes', async () => {
    await client.create(Library, library('lib', '7'));
    client.failNext('updateStatus', new ApiError('Conflict', 'moved'));
    await run({ reconcilers: [versioned] });
    await client.create(App, app('a', { library: 'lib' }));
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ version: '7' }));
    expect(manager!.metrics().reconcilers.app).toMatchObject({ conflicts: 1, errors: 0 });
    expect((await client.list(Event)).items).toEqual([]);
  });

  it('keeps the transition time of a condition whose status did not change', async () => {
    await client.create(App, app('a', { library: 'lib' }));
    await client.create(Library, library('lib', '1'));
    await run({ reconcilers: [versioned] });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ version: '1' }));
    const before = (await statusOf('a'))!.conditions![0].lastTransitionTime;
    await client.patch(Library, { namespace, name: 'lib' }, { spec: { version: '2' } });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ version: '2' }));
    expect((await statusOf('a'))!.conditions![0].lastTransitionTime).toBe(before);
  });

  it('retries what throws, and counts the repeated event instead of multiplying it', async () => {
    let left = 3;
    const flaky = defineReconciler({
      for: App,
      reconcile: () => {
        if (left-- > 0) throw new Error('not yet');
        return { status: { note: 'done' } };
      },
    });
    await client.create(App, app('a'));
    await run({ reconcilers: [flaky] });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ note: 'done' }));
    const events = (await client.list(Event)).items;
    expect(events).toEqual([
      expect.objectContaining({ reason: 'ReconcileFailed', message: 'not yet', count: 3, type: 'Warning' }),
    ]);
    expect(events[0].metadata.name).toMatch(/^a\.[0-9a-f]{16}$/);
    expect(manager!.metrics().reconcilers.app.errors).toBe(3);
  });

  it('does not retry a terminal error until the object changes', async () => {
    let calls = 0;
    const strict = defineReconciler({
      for: App,
      reconcile: (_ctx, object) => {
        calls += 1;
        if (object.spec.text === 'bad') throw new TerminalError('the text is bad');
        return { status: { note: 'good' } };
      },
    });
    await client.create(App, app('a', { text: 'bad' }));
    await run({ reconcilers: [strict] });
    await eventually(() => expect(calls).toBe(1));
    await quiet();
    expect(calls).toBe(1);
    await client.patch(App, { namespace, name: 'a' }, { spec: { text: 'fine' } });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ note: 'good' }));
  });

  it('holds a finalizer from before the first reconcile until finalize is done', async () => {
    let done = false;
    const held: unknown[] = [];
    const careful = defineReconciler({
      for: App,
      name: 'careful',
      reconcile: (_ctx, object) => {
        held.push(object.metadata.finalizers);
        return {};
      },
      finalize: () => ({ done, status: { phase: 'Leaving' } }),
    });
    await run({ reconcilers: [careful] });
    await client.create(App, app('a'));
    await eventually(() => expect(held.length).toBeGreaterThan(0));
    await quiet();
    expect(new Set(held.map(String))).toEqual(new Set(['krate.a5c.ai/careful']));

    await client.delete(App, { namespace, name: 'a' });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ phase: 'Leaving' }));
    done = true;
    manager!.wake(App, { namespace, name: 'a' });
    await eventually(async () => expect(await client.get(App, { namespace, name: 'a' })).toBeUndefined());
  });

  it('removes what is asked for and takes absence for success', async () => {
    await client.create(Part, {
      apiVersion: Part.apiVersion,
      kind: 'Part',
      metadata: { name: 'old', namespace },
      spec: {},
    });
    const cleaner = defineReconciler({
      for: App,
      reconcile: () => ({
        remove: [
          { kind: Part, name: 'old' },
          { kind: Part, name: 'never-was' },
        ],
      }),
    });
    await client.create(App, app('a'));
    await run({ reconcilers: [cleaner] });
    await eventually(async () => expect(await client.get(Part, { namespace, name: 'old' })).toBeUndefined());
    await quiet();
    expect(manager!.metrics().reconcilers.app.errors).toBe(0);
  });

  it('calls again after requeueAfter, and hands over what observers see', async () => {
    let world = 0;
    const watcher = defineReconciler({
      for: App,
      reads: { world: reads.observed('world') },
      reconcile: ctx => ({
        status: { note: `saw ${ctx.world.count}` },
        requeueAfter: ctx.world.count < 3 ? 0.01 : undefined,
      }),
    });
    await client.create(App, app('a'));
    await run({
      reconcilers: [watcher],
      observers: [{ name: 'world', observe: async () => ({ count: Math.min(++world, 3) }) }],
    });
    await eventually(async () => expect((await statusOf('a'))?.note).toBe('saw 3'));
  });

  it('lets reconcilers of one kind own different conditions of it', async () => {
    const ready = defineReconciler({
      for: App,
      name: 'ready',
      owns: ['Ready'],
      reconcile: () => ({
        conditions: [{ type: 'Ready', status: 'True', reason: 'Available', message: 'Ready' }],
      }),
    });
    const built = defineReconciler({
      for: App,
      name: 'built',
      owns: ['Built'],
      reconcile: () => ({
        conditions: [{ type: 'Built', status: 'True', reason: 'Done', message: 'Built' }],
      }),
    });
    await client.create(App, app('a'));
    await run({ reconcilers: [ready, built] });
    await eventually(async () => {
      expect((await statusOf('a'))?.conditions?.map(({ type }) => type).sort()).toEqual(['Built', 'Ready']);
    });
  });

  it('resumes after the history was compacted and notices deletions in the gap', async () => {
    await client.create(App, app('a', { library: 'lib' }));
    await client.create(Library, library('lib', '1'));
    await run({ reconcilers: [versioned] });
    await eventually(async () => expect(await statusOf('a')).toMatchObject({ version: '1' }));
    client.holdEvents();
    await client.delete(Library, { namespace, name: 'lib' });
    client.compact();
    client.releaseEvents();
    await eventually(async () => expect(await statusOf('a')).not.toHaveProperty('version'));
  });
});
