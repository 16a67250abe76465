import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { LoggerService } from '@backstage/backend-plugin-api';
import type { RequestListener } from 'node:http';
import { CertificateStore } from './CertificateStore';

const RENEWAL_CHECK_MS = 24 * 60 * 60 * 1000;

/** A running TLS listener. */
export interface TlsServer {
  /** The port it listens on (another than asked for when that was 0). */
  port: number;
  /** PEM of the authority that clients trust. */
  authority: string;
  /** Ends every connection, also a watch that would never end. */
  close(): Promise<void>;
}

/**
 * Serves the API with TLS. kubectl sends no credentials over plain http, and a watch lasts as long as it lasts, so there is
 * no request timeout. The certificate is renewed while the server runs.
 *
 * @throws Error that names address and way out when the port cannot be listened on
 */
export async function serveTls(options: {
  host: string;
  port: number;
  certificates: CertificateStore;
  handler: RequestListener;
  logger: LoggerService;
}): Promise<TlsServer> {
  const identity = await options.certificates.load();
  const server = createServer({ key: identity.key, cert: identity.certificate }, options.handler);
  server.requestTimeout = 0;
  await listen(server, options);
  const renewal = setInterval(() => {
    options.certificates.load().then(
      ({ key, certificate }) => server.setSecureContext({ key, cert: certificate }),
      error => options.logger.error('The TLS certificate cannot be renewed', error),
    );
  }, RENEWAL_CHECK_MS);
  renewal.unref();
  return {
    port: (server.address() as AddressInfo).port,
    authority: identity.authority,
    close: () => {
      clearInterval(renewal);
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
      reject(
        new Error(
          `The Kubernetes API cannot listen on ${host}:${port}: ${why}. Set krate.api.listen.port to another one.`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
