import http, { IncomingMessage, ServerResponse } from 'node:http';
import net, { AddressInfo } from 'node:net';
import { Post, postMessage } from './postMessage';

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    (server as http.Server).closeAllConnections?.();
    server.close();
  }
});

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const serve = (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
  listen(http.createServer(handle));

const post = (port: number, more: Partial<Post> = {}, host = '127.0.0.1', addresses?: string[]) =>
  postMessage(
    {
      url: `http://${host}:${port}/hook?a=1`,
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
      timeoutMs: 2_000,
      allowPrivate: true,
      ...more,
    },
    addresses && (async () => addresses),
  );

describe('a listener that behaves', () => {
  it('gets the message as it is, and its answer is kept', async () => {
    let got = '';
    const port = await serve((request, response) => {
      request.on('data', chunk => (got += chunk));
      request.on('end', () => {
        response.writeHead(202, { 'x-note': 'thanks', 'set-cookie': 'a=b' });
        response.end(`${request.method} ${request.url} ${request.headers.host}`);
      });
    });
    const outcome = await post(port);
    expect(got).toBe('{"a":1}');
    expect(outcome).toMatchObject({ status: 202, address: '127.0.0.1', latencyMs: expect.any(Number) });
    expect(outcome.responseBody).toBe(`POST /hook?a=1 127.0.0.1:${port}`);
    expect(outcome.responseHeaders).toMatchObject({ 'x-note': 'thanks' });
    expect(outcome.responseHeaders).not.toHaveProperty('set-cookie');
    expect(outcome.code).toBeUndefined();
  });

  it.each([
    { status: 400, headers: {}, code: 'Rejected' },
    { status: 410, headers: {}, code: 'Gone' },
    { status: 429, headers: { 'retry-after': '120' }, code: 'Throttled', retryAfterSeconds: [120, 120] },
    {
      status: 503,
      headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() },
      code: 'Throttled',
      retryAfterSeconds: [30, 60],
    },
    { status: 429, headers: { 'retry-after': 'soon' }, code: 'Throttled' },
    { status: 500, headers: { 'retry-after': '9' }, code: 'Rejected' },
  ])('answers $status: $code', async ({ status, headers, code, retryAfterSeconds }) => {
    const port = await serve((_, response) => response.writeHead(status, headers as never).end());
    const outcome = await post(port);
    expect(outcome).toMatchObject({ status, code });
    // A date is that long from now, give or take what this machine is slow.
    const [least, most] = retryAfterSeconds ?? [0, 0];
    expect(outcome.retryAfterSeconds ?? 0).toBeGreaterThanOrEqual(least);
    expect(outcome.retryAfterSeconds ?? 0).toBeLessThanOrEqual(most);
  });
});

describe('a listener that does not', () => {
  it('hangs: the attempt is over after its time', async () => {
    const port = await serve(() => {});
    expect(await post(port, { timeoutMs: 200 })).toMatchObject({ code: 'TimedOut' });
  });

  it('accepts and then dawdles over its answer: accepted, and cut off', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const began = Date.now();
    expect(await post(port, { timeoutMs: 300 })).toMatchObject({ status: 200 });
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('redirects: nothing follows', async () => {
    let followed = false;
    const elsewhere = await serve((_, response) => {
      followed = true;
      response.end();
    });
    const port = await serve((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${elsewhere}/` }).end(),
    );
    expect(await post(port)).toMatchObject({ status: 302, code: 'Redirected' });
    expect(followed).toBe(false);
  });

  it('floods: only the beginning is read', async () => {
    let sent = 0;
    const port = await serve((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 97))) sent += 1;
      };
      response.on('drain', more);
      more();
    });
    const outcome = await post(port);
    expect(outcome.status).toBe(200);
    expect(outcome.responseBody).toHaveLength(4096);
    expect(sent).toBeLessThan(1000);
  });

  it('floods with headers: refused', async () => {
    const port = await listen(
      net.createServer(socket => {
        socket.on('error', () => {});
        socket.write(`HTTP/1.1 200 OK\r\n${'x-more: yes\r\n'.repeat(5000)}\r\n`);
      }),
    );
    expect(await post(port)).toMatchObject({ code: 'Unreachable' });
  });

  it.each([
    { reason: 'speaks something else', said: 'SSH-2.0-OpenSSH_9\r\n', code: 'Unreachable' },
    { reason: 'breaks off', said: '', code: 'Unreachable' },
    {
      reason: 'promises more than it sends',
      said: 'HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nshort',
      status: 200,
    },
  ])('$reason', async ({ said, code, status }) => {
    const port = await listen(
      net.createServer(socket => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(said));
      }),
    );
    const outcome = await post(port);
    expect([outcome.code, outcome.status]).toEqual([code, status]);
  });

  it('writes control characters, which are not passed on to a terminal', async () => {
    const port = await serve((_, response) => response.end('\u001b[31mred\nline'));
    expect((await post(port)).responseBody).toBe('\ufffd[31mred\nline');
  });

  it('is not there', async () => {
    expect(await post(1)).toMatchObject({
      code: 'Unreachable',
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('an address', () => {
  it.each([
    { reason: 'this machine', host: '127.0.0.1' },
    { reason: 'this machine by its other names', host: 'localhost.example', addresses: ['127.0.0.1'] },
    { reason: 'this machine in another notation', host: '2130706433' },
    { reason: 'this machine as IPv6', host: '[::1]' },
    { reason: 'this machine mapped into IPv6', host: '[::ffff:127.0.0.1]' },
    { reason: 'a private network', host: 'a.example', addresses: ['10.1.2.3'] },
    {
      reason: 'one private address among public ones',
      host: 'a.example',
      addresses: ['93.184.216.34', '10.0.0.1'],
    },
    { reason: 'where clouds keep credentials', host: '169.254.169.254' },
  ])('$reason is refused, and nothing is sent', async ({ host, addresses }) => {
    let reached = false;
    const port = await serve((_, response) => {
      reached = true;
      response.end();
    });
    const outcome = await post(port, { allowPrivate: false }, host, addresses);
    expect(outcome).toMatchObject({ code: 'AddressRefused' });
    expect(reached).toBe(false);
  });

  it('of a cloud’s metadata is refused even where private networks are allowed', async () => {
    expect(await post(80, { allowPrivate: true }, '169.254.169.254')).toMatchObject({
      code: 'AddressRefused',
    });
  });

  it('is looked up once: a name that changes its mind is still what was looked at', async () => {
    const port = await serve((_, response) => response.end('one'));
    let asked = 0;
    const outcome = await postMessage(
      {
        url: `http://rebound.example:${port}/`,
        headers: {},
        body: '',
        timeoutMs: 2000,
        allowPrivate: true,
      },
      async () => (asked++ === 0 ? ['127.0.0.1'] : ['169.254.169.254']),
    );
    expect(outcome).toMatchObject({ status: 200, address: '127.0.0.1' });
    expect(asked).toBe(1);
  });
});
