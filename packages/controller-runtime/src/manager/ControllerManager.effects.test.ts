import { defineEffect, defineReconciler, EffectAborted, reads } from '../defineReconciler';
import { FakeResourceClient } from '../testkit/FakeResourceClient';
import { App } from '../__testUtils__/fixtures';
import { anEffectDatabase, eventually, RecordingLogger } from '../__testUtils__/support';
import { ControllerManager, ControllerManagerOptions } from './ControllerManager';

const key = { namespace: 'krate-org-acme', name: 'a' };
const app = { apiVersion: App.apiVersion, kind: 'App', metadata: key, spec: { text: 'x' } };

describe('ControllerManager with effects', () => {
  let client: FakeResourceClient;
  let database: Awaited<ReturnType<typeof anEffectDatabase>>;
  let managers: ControllerManager[];

  beforeEach(async () => {
    client = new FakeResourceClient();
    database = await anEffectDatabase();
    managers = [];
  });

  afterEach(async () => {
    await Promise.all(managers.map(manager => manager.stop()));
    await database.knex.destroy();
  });

  async function run(options: Pick<ControllerManagerOptions, 'reconcilers' | 'effects' | 'observers'>) {
    const manager = new ControllerManager({
      client,
      effectStore: database.store,
      logger: new RecordingLogger(),
      ...options,
    });
    managers.push(manager);
    await manager.start();
    return manager;
  }

  const statusOf = async () => (await client.get(App, key))?.status;

  const deploying = defineReconciler({
    for: App,
    reconcile: (ctx, object) => ({
      status: { phase: ctx.effects.deploy?.state ?? 'New', note: ctx.effects.deploy?.progress ?? '' },
      effects: [
        { name: 'deploy', input: object.spec.text, cancel: object.metadata.labels?.cancel === 'yes' },
      ],
    }),
    finalize: ctx => ({
      effects: [{ name: 'undeploy', key: 'once' }],
      done: ctx.effects['undeploy/once']?.state === 'Succeeded',
    }),
  });

  /** A place to deploy to that outlives managers. */
  function aCluster() {
    const deployed: unknown[] = [];
    const deploy = defineEffect<string, string>({
      name: 'deploy',
      observe: async ({ id }) =>
        deployed.includes(id) ? { state: 'done', result: 'there' } : { state: 'absent' },
      perform: async ({ id }) => {
        deployed.push(id);
        return 'there';
      },
    });
    const undeploy = defineEffect<unknown, void>({
      name: 'undeploy',
      observe: async () =>
        deployed.length === 0 ? { state: 'done', result: undefined } : { state: 'absent' },
      perform: async () => void (deployed.length = 0),
    });
    return { deployed, deploy, undeploy };
  }

  it('performs what a reconcile asks for and lets it see the outcome', async () => {
    const { deployed, deploy, undeploy } = aCluster();
    const { metadata } = await client.create(App, app);
    await run({ reconcilers: [deploying], effects: [deploy, undeploy] });
    await eventually(async () => expect(await statusOf()).toMatchObject({ phase: 'Succeeded' }));
    expect(deployed).toEqual([`${metadata.uid}/deploy/g1`]);

    await client.patch(App, key, { spec: { text: 'y' } });
    await eventually(async () => expect(deployed).toHaveLength(2));
    await eventually(async () =>
      expect(await statusOf()).toMatchObject({ phase: 'Succeeded', observedGeneration: 2 }),
    );
  });

  it('runs effects while it finalizes', async () => {
    const { deployed, deploy, undeploy } = aCluster();
    await client.create(App, app);
    await run({ reconcilers: [deploying], effects: [deploy, undeploy] });
    await eventually(() => expect(deployed).toHaveLength(1));
    await eventually(async () => expect(await statusOf()).toMatchObject({ phase: 'Succeeded' }));
    await client.delete(App, key);
    await eventually(async () => expect(await client.get(App, key)).toBeUndefined());
    expect(deployed).toEqual([]);
  });

  it('goes on after a restart in the middle of the work, acting once', async () => {
    const { deployed, deploy, undeploy } = aCluster();
    const interrupted = {
      ...deploy,
      perform: async (...[effect, input, ctx]: Parameters<typeof deploy.perform>) => {
        await deploy.perform(effect, input, ctx);
        return new Promise<never>((_resolve, reject) =>
          ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)),
        );
      },
    };
    await client.create(App, app);
    const first = await run({ reconcilers: [deploying], effects: [interrupted, undeploy] });
    await eventually(async () => expect(await statusOf()).toMatchObject({ phase: 'Running' }));
    await first.stop();

    await run({ reconcilers: [deploying], effects: [deploy, undeploy] });
    await eventually(async () => expect(await statusOf()).toMatchObject({ phase: 'Succeeded' }));
    expect(deployed).toHaveLength(1);
  });

  it('shows progress, cancels on request, and cancels what a deleted object leaves', async () => {
    const reasons: string[] = [];
    const endless = defineEffect<string, void, string>({
      name: 'deploy',
      observe: async () => ({ state: 'absent' }),
      perform: async (_effect, input, { report, signal }) => {
        await report(`deploying ${input}`);
        await new Promise(resolve => signal.addEventListener('abort', resolve));
        reasons.push((signal.reason as EffectAborted).why);
        throw signal.reason;
      },
    });
    const { finalize, ...unheld } = deploying;
    expect(finalize).toBeDefined();
    await client.create(App, app);
    await run({ reconcilers: [unheld], effects: [endless] });
    await eventually(async () =>
      expect(await statusOf()).toMatchObject({ phase: 'Running', note: 'deploying x' }),
    );
    await client.patch(App, key, { metadata: { labels: { cancel: 'yes' } } });
    await eventually(async () => expect(await statusOf()).toMatchObject({ phase: 'Cancelled' }));

    await client.patch(App, key, { metadata: { labels: { cancel: 'no' } }, spec: { text: 'y' } });
    await eventually(async () =>
      expect(await statusOf()).toMatchObject({ phase: 'Running', note: 'deploying y' }),
    );
    await client.delete(App, key);
    await eventually(() => expect(reasons).toEqual(['cancel', 'cancel']));
  });

  it('cancels an effect that was stated while its owner was being deleted', async () => {
    let manager: ControllerManager | undefined = undefined;
    const late = defineReconciler({
      for: App,
      reads: { gone: reads.observed('deletion') },
      reconcile: () => ({ effects: [{ name: 'deploy' }] }),
    });
    const deletion = {
      name: 'deletion',
      observe: async () => {
        await client.delete(App, key);
        await eventually(() => expect(manager!.metrics().objects['apps.krate.a5c.ai']).toEqual({}));
        return null;
      },
    };
    const waiting = defineEffect<unknown, void>({
      name: 'deploy',
      observe: async () => ({ state: 'absent' }),
      perform: (_effect, _input, { signal }) =>
        new Promise((_resolve, reject) => {
          const abort = () => reject(signal.reason);
          if (signal.aborted) abort();
          signal.addEventListener('abort', abort);
        }),
    });
    manager = await run({ reconcilers: [late], effects: [waiting], observers: [deletion] });
    const { metadata } = await client.create(App, app);
    await eventually(async () => {
      expect(await database.store.ofOwner(metadata.uid)).toEqual([
        expect.objectContaining({ state: 'Cancelled' }),
      ]);
    });
  });

  it('never works on one object twice at once, whoever wakes it', async () => {
    let now = 0;
    let most = 0;
    const reader = defineReconciler({
      for: App,
      reads: { slow: reads.observed('slow') },
      reconcile: () => ({}),
    });
    const slow = {
      name: 'slow',
      observe: async () => {
        most = Math.max(most, (now += 1));
        await new Promise(resolve => setTimeout(resolve, 2));
        now -= 1;
        return null;
      },
    };
    await client.create(App, app);
    const manager = await run({ reconcilers: [reader], observers: [slow] });
    for (let i = 0; i < 20; i += 1) {
      manager.wake(App, key);
      await client.patch(App, key, { spec: { text: String(i) } });
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    await eventually(() =>
      expect(manager.metrics().reconcilers.app).toMatchObject({ queued: 0, running: 0 }),
    );
    expect(most).toBe(1);
  });
});
