import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { CertificateStore } from './CertificateStore';
import { serveTls, TlsServer } from './serveTls';

const DAY = 24 * 60 * 60 * 1000;

describe('TLS', () => {
  let directory: string;
  const running: TlsServer[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-tls-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(server => server.close()));
    await rm(directory, { recursive: true });
  });
  const serve = async (port = 0) => {
    const server = await serveTls({
      host: '127.0.0.1',
      port,
      certificates: new CertificateStore(directory, ['krate.example']),
      handler: (_request, response) => response.end('hello'),
      logger: mockServices.logger.mock(),
    });
    running.push(server);
    return server;
  };
  const get = (server: TlsServer, servername: string, ca = server.authority) =>
    new Promise<string>((resolve, reject) => {
      const call = request(
        { host: '127.0.0.1', port: server.port, ca, servername, agent: false },
        response => {
          let text = '';
          response.on('data', data => (text += data)).on('end', () => resolve(text));
        },
      );
      call.on('error', reject).end();
    });

  it('is trusted by who trusts the authority, under every name, and by nobody else', async () => {
    const server = await serve();
    expect(await get(server, 'localhost')).toBe('hello');
    expect(await get(server, 'krate.example')).toBe('hello');
    await expect(get(server, 'elsewhere.example')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    await expect(get(server, 'localhost', '')).rejects.toThrow();
  });

  it('says what to do when the port is taken', async () => {
    const { port } = await serve();
    await expect(serve(port)).rejects.toThrow(
      `127.0.0.1:${port}: the port is in use. Set krate.api.listen.port`,
    );
  });

  it('keeps its certificates, readable by their owner only', async () => {
    const first = await new CertificateStore(directory).load();
    expect(await new CertificateStore(directory).load()).toEqual(first);
    expect((await stat(join(directory, 'ca.pem'))).mode & 0o777).toBe(0o600);
    expect(new X509Certificate(first.certificate).subjectAltName).toContain('IP Address:127.0.0.1');
  });

  it.each([
    { reason: 'it is about to expire', later: 380 * DAY, names: [] },
    { reason: 'a name was added', later: 0, names: ['new.example'] },
  ])('renews the server certificate and not the authority when $reason', async ({ later, names }) => {
    const first = await new CertificateStore(directory).load();
    const second = await new CertificateStore(directory, names, () => new Date(Date.now() + later)).load();
    expect(second.certificate).not.toBe(first.certificate);
    expect(second.authority).toBe(first.authority);
  });
});
