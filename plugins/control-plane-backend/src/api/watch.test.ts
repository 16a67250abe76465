import { createServer, get, IncomingMessage, Server } from 'node:http';
import { connect, AddressInfo } from 'node:net';
import { ApiError } from '@krate/resource-model';
import { aWidget, system } from '../resources/__testUtils__/startService';
import { Widget } from '../resources/__testUtils__/testKinds';
import { startApi, TestApi } from './__testUtils__/startApi';

jest.setTimeout(30_000);

let test: TestApi;
let server: Server;
async function start(options = {}) {
  test = await startApi({ bookmarkInterval: 40, stallTimeout: 300, ...options });
  server = createServer(test.app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
}
afterEach(async () => {
  test.api.closeWatches();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await test.stop();
});

const WIDGETS = '/apis/krate.a5c.ai/v1alpha1/namespaces/team-a/widgets';
const target = { principal: system, kind: Widget, namespace: 'team-a' };
const create = async (name: string, spec = {}) =>
  (await test.service.create({ ...target, object: aWidget(name, spec) })).object;
const port = () => (server.address() as AddressInfo).port;

interface Stream {
  response: IncomingMessage;
  /** The next event; undefined at the end. */
  next(): Promise<any>;
}

async function watch(query: string, headers = {}): Promise<Stream> {
  const response = await new Promise<IncomingMessage>(resolve =>
    get(
      {
        port: port(),
        host: '127.0.0.1',
        path: `${WIDGETS}?watch=true&${query}`,
        headers: { Authorization: 'Bearer alice', ...headers },
      },
      resolve,
    ),
  );
  const lines = linesOf(response);
  return { response, next: async () => (await lines.next()).value };
}

async function* linesOf(response: IncomingMessage) {
  let rest = '';
  for await (const chunk of response.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
}

it('sends headers at once, and never compresses', async () => {
  await start();
  const { response, next } = await watch('resourceVersion=1', { 'Accept-Encoding': 'gzip' });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'cache-control': 'no-cache, no-transform',
    'transfer-encoding': 'chunked',
  });
  expect(response.headers['content-encoding']).toBeUndefined();
  const wrote = Date.now();
  await create('one');
  expect(await next()).toMatchObject({
    type: 'ADDED',
    object: { kind: 'Widget', metadata: { name: 'one' } },
  });
  expect(Date.now() - wrote).toBeLessThan(200);
});

it('sends what exists first, then what happens', async () => {
  await start();
  await create('one');
  const { next } = await watch('');
  expect(await next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'one' } } });
  await test.service.delete({ ...target, name: 'one' });
  expect(await next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'one' } } });
});

it('watches one object by its path', async () => {
  await start();
  await create('one');
  const response = await new Promise<IncomingMessage>(resolve =>
    get(
      {
        port: port(),
        host: '127.0.0.1',
        path: `${WIDGETS}/one?watch=1`,
        headers: { Authorization: 'Bearer alice' },
      },
      resolve,
    ),
  );
  const lines = linesOf(response);
  await create('two');
  await test.service.delete({ ...target, name: 'one' });
  const seen = [(await lines.next()).value, (await lines.next()).value];
  expect(seen.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
    'ADDED one',
    'DELETED one',
  ]);
});

it('sends tables, with columns on the first only', async () => {
  await start();
  const { next } = await watch('resourceVersion=1', {
    Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
  });
  await create('one');
  await create('two');
  expect(await next()).toMatchObject({
    type: 'ADDED',
    object: {
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, {}, {}, {}, {}],
      rows: [{ cells: ['one', 'red', 3, null, expect.any(String)] }],
    },
  });
  expect(await next()).toMatchObject({ object: { kind: 'Table', columnDefinitions: null } });
});

it('marks progress for those who ask, even when nothing of theirs happens', async () => {
  await start();
  const { next } = await watch('resourceVersion=1&allowWatchBookmarks=true&fieldSelector=spec.color%3Dblue');
  const { metadata } = await create('one');
  let bookmark = await next();
  while (bookmark.object.metadata.resourceVersion !== metadata.resourceVersion) bookmark = await next();
  expect(bookmark).toEqual({
    type: 'BOOKMARK',
    object: {
      kind: 'Widget',
      apiVersion: 'krate.a5c.ai/v1alpha1',
      metadata: { resourceVersion: metadata.resourceVersion },
    },
  });
});

it.each([0, 2])('marks the end of %d initial events', async count => {
  await start({ bookmarkInterval: 60_000 });
  for (let n = 0; n < count; n += 1) await create(`one-${n}`);
  const { next } = await watch(
    'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
  );
  for (let n = 0; n < count; n += 1) expect(await next()).toMatchObject({ type: 'ADDED' });
  expect(await next()).toMatchObject({
    type: 'BOOKMARK',
    object: {
      metadata: { annotations: { 'k8s.io/initial-events-end': 'true' }, resourceVersion: expect.any(String) },
    },
  });
});

it('tells within the stream that a version is gone', async () => {
  await start();
  await create('one');
  await create('two');
  await test.store.compact(await test.store.revision());
  const { response, next } = await watch('resourceVersion=1');
  expect(response.statusCode).toBe(200);
  expect(await next()).toMatchObject({
    type: 'ERROR',
    object: { kind: 'Status', code: 410, reason: 'Expired' },
  });
  expect(await next()).toBeUndefined();
});

it('refuses a version that is yet to come, and an unsigned stranger, by status code', async () => {
  await start();
  expect((await watch('resourceVersion=99999')).response.statusCode).toBe(504);
  test.deny(() => true);
  expect((await watch('', { Authorization: '' })).response.statusCode).toBe(401);
});

it('ends at its timeout', async () => {
  await start();
  const { next } = await watch('timeoutSeconds=1');
  expect(await next()).toBeUndefined();
});

it('ends when the server stops, and begins no more', async () => {
  await start();
  const { next } = await watch('resourceVersion=1');
  test.api.closeWatches();
  expect(await next()).toBeUndefined();
  expect(await (await watch('resourceVersion=1')).next()).toBeUndefined();
});

it('cuts off a client that does not read', async () => {
  await start();
  const settings = { text: 'x'.repeat(1_000_000) };
  await create('big', { settings });
  const stalled = connect(port(), '127.0.0.1');
  const closed = new Promise<void>(resolve => stalled.once('close', () => resolve()));
  stalled.write(`GET ${WIDGETS}?watch=true HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\n\r\n`);
  stalled.pause();
  for (let n = 0; n < 20; n += 1) {
    await test.service.patch({
      ...target,
      name: 'big',
      type: 'merge',
      patch: { spec: { size: (n % 9) + 1 } },
    });
  }
  await new Promise(resolve => setTimeout(resolve, 1000));
  // The server has let go; what the kernel still holds is read, then comes the end.
  const connections = await new Promise<number>(resolve =>
    server.getConnections((_, count) => resolve(count)),
  );
  expect(connections).toBe(0);
  stalled.on('error', () => {}).resume();
  await closed;
});

it.each([
  {
    reason: 'its credentials',
    take: (gone: { credentials: boolean; right: boolean }) => (gone.credentials = true),
  },
  {
    reason: 'the right to watch',
    take: (gone: { credentials: boolean; right: boolean }) => (gone.right = true),
  },
])('ends a watch that lost $reason', async ({ take }) => {
  const gone = { credentials: false, right: false };
  await start({
    recheckInterval: 30,
    authenticate: async () => {
      if (gone.credentials) throw new ApiError('Unauthorized', 'revoked');
      return system;
    },
    authorizer: {
      authorize: async () => ({ allowed: !gone.right, reason: '' }),
      decide: () => ({ allowed: true, reason: '' }),
    },
  });
  const stream = await watch('');
  await create('one');
  expect((await stream.next()).type).toBe('ADDED');
  take(gone);
  expect(await stream.next()).toBeUndefined();
});
