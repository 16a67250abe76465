import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { EgressPolicy } from './EgressPolicy';
import { EgressProxy, type EgressDecision } from './EgressProxy';
import { isLoopbackAddress, isPublicAddress } from '@krate/plugin-control-plane-node';

const directory = mkdtempSync('/tmp/krate-egress-');
const decisions: EgressDecision[] = [];
let upstream: http.Server;
let port: number;
let proxy: EgressProxy;

beforeAll(async () => {
  upstream = http.createServer((request, response) => {
    response.end(
      JSON.stringify({
        url: request.url,
        host: request.headers.host,
        proxyHeaders: Object.keys(request.headers).filter(name => name.startsWith('proxy-')),
      }),
    );
  });
  await new Promise<void>(resolve => upstream.listen(0, '127.0.0.1', resolve));
  port = (upstream.address() as AddressInfo).port;
  proxy = await EgressProxy.listen({
    directory,
    allow: [
      { host: 'Registry.Example.com', port, loopback: true },
      { host: 'rebound.example.com', port },
      { host: 'mixed.example.com', port },
      { host: 'gone.example.com', port },
    ],
    resolve: async host =>
      ({
        'registry.example.com': ['127.0.0.1'],
        'rebound.example.com': ['127.0.0.1'],
        'mixed.example.com': ['93.184.216.34', '10.0.0.1'],
      })[host] ?? [],
    modelRoute: (request, response) => response.end(`model ${request.method} ${request.url}`),
    onDecision: decision => decisions.push(decision),
  });
});
afterAll(async () => {
  await proxy.close();
  await new Promise(resolve => upstream.close(resolve));
  rmSync(directory, { recursive: true });
});
beforeEach(() => decisions.splice(0));

/** A request as the bridge carries it: raw bytes over the Unix socket. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path.join(directory, 'egress.sock'), () => socket.write(text));
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
const get = (url: string) =>
  raw(`GET ${url} HTTP/1.1\r\nHost: h\r\nProxy-Authorization: secret\r\nConnection: close\r\n\r\n`);

describe('the way out of a sandbox', () => {
  it.each([
    {
      reason: 'the model route',
      url: () => '/v1/chat/completions?a=1',
      status: 200,
      body: 'model GET /v1/chat/completions?a=1',
      log: { kind: 'model', target: '/v1/chat/completions', allowed: true, reason: 'model-route' },
    },
    {
      reason: 'another path of the backend',
      url: () => '/api/secrets',
      status: 403,
      body: 'model route',
      log: { kind: 'other', allowed: false, reason: 'not-a-route' },
    },
    {
      reason: 'a way out of the model route',
      url: () => '/v1/../api/secrets',
      status: 403,
      body: 'model route',
      log: { allowed: false, reason: 'not-a-route' },
    },
    {
      reason: 'an allowed host, whatever the case',
      url: () => `http://REGISTRY.example.com:${port}/pkg?x=1`,
      status: 200,
      body: '"url":"/pkg?x=1"',
      log: { kind: 'http', allowed: true, reason: 'allowed', address: '127.0.0.1' },
    },
    {
      reason: 'another port of an allowed host',
      url: () => 'http://registry.example.com:1/',
      status: 403,
      body: 'not on the list',
      log: { allowed: false, reason: 'not-listed', target: 'registry.example.com:1' },
    },
    {
      reason: 'a host below an allowed one',
      url: () => `http://x.registry.example.com:${port}/`,
      status: 403,
      body: 'not on the list',
      log: { reason: 'not-listed' },
    },
    {
      reason: 'the address of an allowed host',
      url: () => `http://127.0.0.1:${port}/`,
      status: 403,
      body: 'not on the list',
      log: { reason: 'not-listed' },
    },
    {
      reason: 'a listed name that resolves to this machine',
      url: () => `http://rebound.example.com:${port}/`,
      status: 403,
      body: 'not public',
      log: { reason: 'not-public', address: '127.0.0.1' },
    },
    {
      reason: 'a listed name with one private address among others',
      url: () => `http://mixed.example.com:${port}/`,
      status: 403,
      body: 'not public',
      log: { reason: 'not-public', address: '10.0.0.1' },
    },
    {
      reason: 'a listed name that does not resolve',
      url: () => `http://gone.example.com:${port}/`,
      status: 403,
      body: 'cannot be resolved',
      log: { reason: 'unresolvable' },
    },
    {
      reason: 'another scheme',
      url: () => 'ftp://registry.example.com/',
      status: 403,
      body: 'Only plain http',
      log: { reason: 'malformed' },
    },
  ])('$reason: $status', async ({ url, status, body, log }) => {
    const answer = await get(url());
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toContain(body);
    expect(decisions).toEqual([expect.objectContaining(log)]);
  });

  it('does not pass on what was meant for the proxy', async () => {
    const answer = await get(`http://registry.example.com:${port}/`);
    expect(answer).toContain('"proxyHeaders":[]');
    expect(answer).toContain(`"host":"registry.example.com:${port}"`);
  });

  it('tunnels to an allowed host', async () => {
    const answer = await raw(
      `CONNECT registry.example.com:${port} HTTP/1.1\r\n\r\nGET /through HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('200 Connection established');
    expect(answer).toContain('"url":"/through"');
    expect(decisions).toEqual([
      expect.objectContaining({ kind: 'connect', allowed: true, address: '127.0.0.1' }),
    ]);
  });

  it.each([
    { target: () => '127.0.0.1:22', reason: 'not-listed' },
    { target: () => `rebound.example.com:${port}`, reason: 'not-public' },
    { target: () => 'nonsense', reason: 'malformed' },
  ])('refuses a tunnel: $reason', async ({ target, reason }) => {
    expect(await raw(`CONNECT ${target()} HTTP/1.1\r\n\r\n`)).toContain('HTTP/1.1 403');
    expect(decisions).toEqual([expect.objectContaining({ kind: 'connect', allowed: false, reason })]);
  });

  it('refuses to become something else', async () => {
    expect(
      await raw('GET /v1/x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ).toContain('HTTP/1.1 403');
  });

  it('says when an allowed host cannot be reached', async () => {
    const closed = await EgressProxy.listen({
      directory: `${directory}/b`,
      allow: [{ host: 'h', port: 1, loopback: true }],
      resolve: async () => ['127.0.0.1'],
      onDecision: () => {},
    });
    const answer = await new Promise<number>(resolve =>
      http.get({ socketPath: `${directory}/b/egress.sock`, path: 'http://h:1/' }, response =>
        resolve(response.statusCode!),
      ),
    );
    expect(answer).toBe(502);
    await closed.close();
  });
});

describe('addresses', () => {
  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['10.1.2.3', false],
    ['172.31.0.1', false],
    ['192.168.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:93.184.216.34', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['not an address', false],
  ])('%s is public: %s', (address, want) => expect(isPublicAddress(address)).toBe(want));

  it.each([
    ['127.5.0.1', true],
    ['::1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
  ])('%s is loopback: %s', (address, want) => expect(isLoopbackAddress(address)).toBe(want));

  it('a rule for loopback does not open private networks', async () => {
    const policy = new EgressPolicy([{ host: 'h', port: 1, loopback: true }], async () => ['10.0.0.1']);
    expect(await policy.judge('h', 1)).toEqual({ allowed: false, reason: 'not-public', address: '10.0.0.1' });
  });
});
