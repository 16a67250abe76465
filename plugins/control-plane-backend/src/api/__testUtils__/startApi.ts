import 'reflect-metadata';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError, Kind } from '@krate/resource-model';
import * as x509 from '@peculiar/x509';
import express, { Express } from 'express';
import { alice, startService, TestService } from '../../resources/__testUtils__/startService';
import { createApiRouter, ApiRouter, ApiRouterOptions } from '..';

/** The API over HTTP on a real store. `Authorization: Bearer <user name>` signs in; without it one is anonymous. */
export interface TestApi extends TestService {
  app: Express;
  api: ApiRouter;
}

export async function startApi(
  options: Partial<ApiRouterOptions> = {},
  moreKinds: readonly Kind[] = [],
): Promise<TestApi> {
  const test = await startService(moreKinds);
  const api = createApiRouter({
    service: test.service,
    kinds: test.kinds,
    authorizer: test.authorizer,
    authenticate: async request => principalOf(request.headers.authorization),
    logger: mockServices.logger.mock(),
    ...options,
  });
  const app = express();
  app.use('/mounted', api.router);
  app.use(api.router);
  return { ...test, app, api };
}

function principalOf(authorization: string | undefined): Principal {
  if (!authorization) return { type: 'anonymous' };
  const name = authorization.replace('Bearer ', '');
  if (name === 'bad') throw new ApiError('Unauthorized', 'the token is not valid');
  return name === 'alice' ? alice : { type: 'user', name };
}

/** An HTTPS server on loopback, since kubectl sends no credentials without TLS, and its certificate. */
export async function serveTls(app: Express): Promise<{ server: Server; port: number; certificate: string }> {
  x509.cryptoProvider.set(crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const pem = certificate.toString('pem');
  const server = createServer({ key, cert: pem }, app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, certificate: pem };
}
