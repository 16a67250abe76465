import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the test runs the real control plane
import controlPlanePlugin from '@krate/plugin-control-plane-backend';
import { ControlPlane, controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import request from 'supertest';
import localProvider from './index';

const SCRIPT = { 'X-Requested-With': 'XMLHttpRequest' };

describe('the provider local', () => {
  let directory: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let controlPlane: ControlPlane;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-auth-'));
    const data = {
      app: { baseUrl: 'http://127.0.0.1:7007' },
      backend: { baseUrl: 'http://127.0.0.1:7007' },
      auth: { providers: { local: {} } },
      krate: { dataDirectory: directory, api: { enabled: false }, signIn: { printLink: false } },
    };
    const peek = createBackendModule({
      pluginId: 'auth',
      moduleId: 'test',
      register: env =>
        env.registerInit({
          deps: { service: controlPlaneServiceRef, _lifecycle: coreServices.lifecycle },
          async init({ service }) {
            void service.ready().then(running => (controlPlane = running));
          },
        }),
    });
    const features = [
      authPlugin,
      controlPlanePlugin,
      localProvider,
      peek,
      mockServices.rootConfig.factory({ data }),
    ];
    backend = await startTestBackend({ features });
  });
  afterEach(async () => {
    await backend.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const refresh = (headers: Record<string, string> = {}) =>
    request(backend.server)
      .get('/api/auth/local/refresh')
      .set({ ...SCRIPT, ...headers });
  const link = async () => {
    const principal = { type: 'user', name: 'admin' } as const;
    return (await controlPlane.tokens.issue({ principal, purpose: 'sign-in', description: '' })).token;
  };
  const cookieOf = (response: request.Response) => response.headers['set-cookie'][0];

  it('spends a link once, and keeps the browser signed in by a cookie', async () => {
    const token = await link();
    const first = await refresh({ 'x-krate-sign-in': token });
    expect(first.status).toBe(200);
    expect(first.body.backstageIdentity.identity).toMatchObject({ userEntityRef: 'user:default/admin' });
    expect(cookieOf(first)).toMatch(
      /^krate-session=krate_s_[^;]+; Max-Age=2592000; Path=\/api\/auth\/local; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );

    const again = await refresh({ cookie: cookieOf(first).split(';')[0] });
    expect(again.body.backstageIdentity.token).toEqual(expect.any(String));
    expect((await refresh({ 'x-krate-sign-in': token })).status).toBe(401);
  });

  it('ends the session on logout, also for a copy of the cookie', async () => {
    const signedIn = await refresh({ 'x-krate-sign-in': await link() });
    const cookie = cookieOf(signedIn).split(';')[0];
    const out = await request(backend.server)
      .post('/api/auth/local/logout')
      .set({ ...SCRIPT, cookie });
    expect(out.status).toBe(200);
    expect(cookieOf(out)).toMatch(/^krate-session=; Path=\/api\/auth\/local; Expires=Thu, 01 Jan 1970/);
    expect((await refresh({ cookie })).status).toBe(401);
  });

  it.each([
    { reason: 'nothing to sign in with', headers: {} },
    { reason: 'an invented link', headers: { 'x-krate-sign-in': `krate_i_${'x'.repeat(43)}` } },
    { reason: 'an invented session', headers: { cookie: `krate-session=krate_s_${'x'.repeat(43)}` } },
  ])('refuses $reason', async ({ headers }) => {
    expect((await refresh(headers as Record<string, string>)).status).toBe(401);
  });

  it('refuses an access token as a session, and a request that another site could make', async () => {
    const principal = { type: 'user', name: 'admin' } as const;
    const { token } = await controlPlane.tokens.issue({ principal, purpose: 'access', description: '' });
    expect((await refresh({ cookie: `krate-session=${token}` })).status).toBe(401);
    const signIn = await link();
    const forged = await request(backend.server)
      .get('/api/auth/local/refresh')
      .set('x-krate-sign-in', signIn);
    expect(forged.status).toBe(401);
    expect((await refresh({ 'x-krate-sign-in': signIn })).status).toBe(200);
  });
});
