/** What no client library sends: bytes on a socket, and what must become of the server after each of them: nothing. */
import { connect } from 'node:net';

const CASES = [
  {
    why: 'a length and chunks at once, the way requests are smuggled',
    bytes:
      'POST /api/krate/login HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/krate/whoami HTTP/1.1\r\nHost: a\r\n\r\n',
    want: [400],
  },
  {
    why: 'two lengths that differ',
    bytes: 'POST /api/krate/login HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde',
    want: [400],
  },
  { why: 'no HTTP', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', want: [400] },
  {
    why: 'a hundred thousand headers',
    bytes: `GET /api/krate/whoami HTTP/1.1\r\nHost: a\r\n${'x: y\r\n'.repeat(100_000)}\r\n`,
    want: [431],
  },
  {
    why: 'a header that goes on in the next line',
    bytes: 'GET /api/krate/whoami HTTP/1.1\r\nHost: a\r\nX: y\r\n z: w\r\n\r\n',
    want: [200, 400],
  },
  {
    why: 'a range of negative and of endless bytes',
    bytes:
      'GET /api/krate/version HTTP/1.1\r\nHost: a\r\nRange: bytes=-1,9-,0-18446744073709551616\r\nConnection: close\r\n\r\n',
    want: [200, 206, 416],
  },
];
/** Half a request each: the server holds them, and answers others meanwhile. */
const HELD = 200;

export async function raw({ server }) {
  const port = Number(new URL(server.url).port);
  const faults = [];
  for (const { why, bytes, want } of CASES) {
    const status = await statusOf(port, bytes);
    if (!want.includes(status)) faults.push(`${why}: ${status}, expected ${want}`);
  }
  faults.push(...(await abortedUploads(server, port)), ...(await slowOnes(server, port)));
  return { count: CASES.length + 2 * HELD, faults };
}

/** The status of the first answer; 0 when the connection ended without one. */
function statusOf(port, bytes) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    const done = () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0));
    socket.on('data', data => {
      text += data.toString('latin1');
      if (text.includes('\r\n')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', done);
    socket.setTimeout(10_000, () => socket.destroy());
  });
}

async function abortedUploads(server, port) {
  const begun =
    'POST /api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/a/repositories HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"kind":';
  const sockets = await Promise.all(Array.from({ length: HELD }, () => opened(port, begun)));
  sockets.forEach(socket => socket.resetAndDestroy());
  return alive(server, 'uploads that broke off');
}

async function slowOnes(server, port) {
  const sockets = await Promise.all(
    Array.from({ length: HELD }, () =>
      opened(port, 'GET /api/krate/version HTTP/1.1\r\nHost: a\r\nX-Slow: '),
    ),
  );
  const faults = await alive(server, `${HELD} requests that never end`);
  sockets.forEach(socket => socket.destroy());
  return faults;
}

function opened(port, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => resolve(socket)));
    socket.on('error', reject);
    socket.on('connect', () => socket.on('error', () => undefined));
  });
}

async function alive({ url }, during) {
  const answer = await fetch(`${url}/api/krate/version`, { signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  );
  return answer?.ok ? [] : [`during ${during} nobody else is answered`];
}
