import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  CustomObjectsApi,
  Informer,
  KubeConfig,
  KubernetesListObject,
  KubernetesObject,
  makeInformer,
  ObjectCache,
  PatchStrategy,
  setHeaderOptions,
  Watch,
} from '@kubernetes/client-node';
import { aWidget, widgets } from '../resources/__testUtils__/startService';
import { startApi, TestApi } from './__testUtils__/startApi';

/*
 * The official client of Kubernetes for JavaScript, as it comes: what its informer knows after a lost connection, a
 * compaction or both must be what the server has, with every change told once.
 */

const TARGET = { group: 'krate.a5c.ai', version: 'v1alpha1', namespace: 'team-a', plural: 'widgets' };
const PATH = '/apis/krate.a5c.ai/v1alpha1/namespaces/team-a/widgets';
type Followed = Informer<KubernetesObject> & ObjectCache<KubernetesObject>;

jest.setTimeout(60_000);

describe('the client library of Kubernetes', () => {
  let test: TestApi;
  let server: Server;
  let config: KubeConfig;
  let api: CustomObjectsApi;
  let informer: Followed | undefined;
  let told: string[];

  beforeEach(async () => {
    test = await startApi({ bookmarkInterval: 200 });
    server = createServer(test.app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    config = new KubeConfig();
    config.loadFromOptions({
      currentContext: 'krate',
      clusters: [{ name: 'krate', server: `http://127.0.0.1:${port}`, skipTLSVerify: true }],
      users: [{ name: 'alice', token: 'alice' }],
      contexts: [{ name: 'krate', cluster: 'krate', user: 'alice' }],
    });
    api = config.makeApiClient(CustomObjectsApi);
    told = [];
  });
  afterEach(async () => {
    await informer?.stop();
    informer = undefined;
    test.api.closeWatches();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await test.stop();
  });

  const list = async () =>
    (await api.listNamespacedCustomObject(TARGET)) as KubernetesListObject<KubernetesObject>;
  const create = (name: string, spec: object = {}) =>
    test.service.create({ ...widgets, object: aWidget(name, spec) });
  const change = (name: string, size: number) =>
    test.service.patch({ ...widgets, name, type: 'merge', patch: { spec: { size } } });
  const remove = (name: string) => test.service.delete({ ...widgets, name });

  /** Starts again after errors, as its documentation tells programs to. */
  async function follow(): Promise<Followed> {
    const made = makeInformer(config, PATH, list);
    const tell = (event: string) => (object: KubernetesObject) =>
      void told.push(`${event} ${object.metadata?.name}`);
    made.on('add', tell('add'));
    made.on('update', tell('update'));
    made.on('delete', tell('delete'));
    made.on('error', () => void setTimeout(() => void made.start().catch(() => {}), 20));
    await made.start();
    return made;
  }

  async function eventually(check: () => boolean, what: () => unknown): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!check()) {
      if (Date.now() > deadline) throw new Error(`it did not come so far: ${JSON.stringify(what())}`);
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
  const hears = (count: number) =>
    eventually(
      () => told.length >= count,
      () => told,
    );
  const versions = (objects: readonly KubernetesObject[]) =>
    objects.map(({ metadata }) => `${metadata?.name}@${metadata?.resourceVersion}`).sort();

  it('hears of everything once and in order', async () => {
    await create('a');
    informer = await follow();
    await create('b');
    await change('a', 5);
    await change('a', 5);
    await remove('b');
    await hears(4);
    expect(told).toEqual(['add a', 'add b', 'update a', 'delete b']);
  });

  it.each([
    { reason: 'a lost connection', forget: false },
    { reason: 'a lost connection and a compaction', forget: true },
  ])('knows what the server has after $reason', async ({ forget }) => {
    for (const name of ['a', 'b', 'c']) await create(name);
    informer = await follow();
    await hears(3);
    server.closeAllConnections();
    await remove('a');
    await change('b', 7);
    await create('d');
    if (forget) await test.store.compact(await test.store.revision());
    await hears(6);
    await change('d', 2);
    await hears(7);
    expect(told.slice(3, 6).sort()).toEqual(['add d', 'delete a', 'update b']);
    expect(told[6]).toBe('update d');
    expect(versions(informer.list())).toEqual(versions((await list()).items));
  });

  it('streams what exists, marks its end, and then how far it is', async () => {
    await create('a');
    const events: { type: string; object: any }[] = [];
    const query = {
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: true,
    };
    const watch = new Watch(config);
    const controller = await watch.watch(
      PATH,
      query,
      (type, object) => void events.push({ type, object }),
      () => {},
    );
    await eventually(
      () => events.length >= 2,
      () => events,
    );
    await create('b');
    await eventually(
      () => events.at(-1)?.type === 'BOOKMARK' && events.length >= 4,
      () => events,
    );
    controller.abort();
    expect(events.map(({ type }) => type).slice(0, 3)).toEqual(['ADDED', 'BOOKMARK', 'ADDED']);
    expect(events[1].object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    expect(Number(events.at(-1)?.object.metadata.resourceVersion)).toBe(await test.store.revision());
  });

  it('shows several watches the same events in the same order', async () => {
    const seen: string[][] = [[], [], []];
    const watch = new Watch(config);
    const controllers = await Promise.all(
      seen.map(into =>
        watch.watch(
          PATH,
          {},
          (type, object) => void into.push(`${type} ${object.metadata.resourceVersion}`),
          () => {},
        ),
      ),
    );
    for (let i = 0; i < 10; i += 1) await create(`w${i}`);
    await Promise.all(Array.from({ length: 10 }, (_, i) => change(`w${i}`, 9)));
    for (let i = 0; i < 10; i += 2) await remove(`w${i}`);
    await eventually(
      () => seen.every(({ length }) => length === 25),
      () => seen,
    );
    controllers.forEach(controller => controller.abort());
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    const revisions = seen[0].map(line => Number(line.split(' ')[1]));
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  });

  it.each([
    { strategy: PatchStrategy.MergePatch, body: { spec: { size: 4 } } },
    { strategy: PatchStrategy.JsonPatch, body: [{ op: 'replace', path: '/spec/size', value: 4 }] },
    {
      strategy: PatchStrategy.ServerSideApply,
      body: { ...aWidget('one', { size: 4 }) },
      more: { force: true },
    },
  ])('patches by $strategy', async ({ strategy, body, more = {} }) => {
    await create('one');
    const patched = await api.patchNamespacedCustomObject(
      { ...TARGET, name: 'one', body, fieldManager: 'library', ...more },
      setHeaderOptions('Content-Type', strategy),
    );
    expect(patched.spec.size).toBe(4);
  });

  it('reads why it was refused', async () => {
    await create('one');
    const refused = await api
      .createNamespacedCustomObject({ ...TARGET, body: aWidget('one') })
      .catch(error => error);
    expect(refused).toMatchObject({ code: 409 });
    expect(JSON.parse(refused.body)).toMatchObject({ kind: 'Status', reason: 'AlreadyExists' });
  });
});
