import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the test runs the real control plane
import controlPlanePlugin from '@krate/plugin-control-plane-backend';
import { IdentityMapping, Organization, PLATFORM_NAMESPACE, User } from '@krate/plugin-control-plane-common';
import { ControlPlane, controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import request from 'supertest';
import { FakeOidcProvider } from './__testUtils__/FakeOidcProvider';
import providers from './index';

jest.setTimeout(60_000);

describe('the provider oidc, against a fake provider on loopback', () => {
  let directory: string;
  let fake: FakeOidcProvider;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let controlPlane: ControlPlane;

  async function start(policy: object = {}) {
    directory = await mkdtemp(join(tmpdir(), 'krate-oidc-'));
    const data = {
      app: { baseUrl: 'http://127.0.0.1:7007' },
      backend: { baseUrl: 'http://127.0.0.1:7007' },
      auth: {
        environment: 'development',
        session: { secret: 'for the state of a sign-in' },
        providers: {
          oidc: {
            development: { metadataUrl: fake.metadataUrl, clientId: 'krate', clientSecret: 'never shown' },
          },
        },
      },
      krate: { dataDirectory: directory, api: { enabled: false }, signIn: { printLink: false, ...policy } },
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
    backend = await startTestBackend({
      features: [authPlugin, controlPlanePlugin, providers, peek, mockServices.rootConfig.factory({ data })],
    });
  }

  beforeEach(async () => {
    fake = await FakeOidcProvider.start();
  });
  afterEach(async () => {
    await backend?.stop();
    await fake.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** The whole dance of a browser: start, the provider's page, the way back; answers what the popup hands to the page. */
  async function signIn(account: FakeOidcProvider['account']) {
    fake.account = account;
    const browser = request.agent(backend.server);
    const begun = await browser.get('/api/auth/oidc/start?env=development&scope=openid%20profile%20email');
    expect(begun.status).toBe(302);
    const authorized = await fetch(begun.headers.location, { redirect: 'manual' });
    const back = new URL(authorized.headers.get('location')!);
    const framed = await browser.get(back.pathname + back.search);
    const encoded = /decodeURIComponent\('([^']+)'\)/.exec(framed.text)![1];
    return JSON.parse(decodeURIComponent(encoded));
  }
  const identityOf = (message: any) => message.response?.backstageIdentity?.identity?.userEntityRef;
  const put = (kind: any, name: string, spec: object, namespace = PLATFORM_NAMESPACE) =>
    controlPlane.client.create(kind, {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, namespace },
      spec,
    } as any);
  const person = async (name: string, spec: object = {}) => {
    await put(User, name, { displayName: name, ...spec });
    await put(IdentityMapping, name, { user: name, provider: 'backstage', subject: name });
  };

  it('signs in the person that its subject is mapped to, in the platform', async () => {
    await start();
    await person('ada');
    await put(IdentityMapping, 'oidc-ada', { user: 'ada', provider: 'oidc', subject: 'sub-1' });
    expect(identityOf(await signIn({ sub: 'sub-1' }))).toBe('user:default/ada');
    expect(
      (await signIn({ sub: 'sub-2', email: 'ada@acme.example', email_verified: true })).error.message,
    ).toMatch(/Nobody here is known by this login/);
  });

  it('does not believe a mapping that an organization made for itself', async () => {
    await start();
    const namespace = 'krate-org-evil';
    await put(Organization, 'evil', { displayName: 'Evil' });
    const deadline = Date.now() + 15_000;
    while (Date.now() < deadline) {
      const made = await put(User, 'mole', { displayName: 'mole' }, namespace).catch(() => undefined);
      if (made) break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await put(IdentityMapping, 'mole', { user: 'mole', provider: 'oidc', subject: 'mole-sub' }, namespace);
    await put(
      IdentityMapping,
      'mole-admin',
      { user: 'mole', provider: 'backstage', subject: 'mallory' },
      namespace,
    );
    expect((await signIn({ sub: 'mole-sub' })).error).toBeDefined();
  });

  it.each([
    {
      reason: 'verified',
      account: { sub: 's', email: 'Ada@acme.example', email_verified: true },
      want: 'user:default/ada',
    },
    { reason: 'not verified', account: { sub: 's', email: 'ada@acme.example' }, want: undefined },
    {
      reason: 'somebody else’s',
      account: { sub: 's', email: 'x@acme.example', email_verified: true },
      want: undefined,
    },
  ])('matches an address that is $reason, when it is told to', async ({ account, want }) => {
    await start({ matchVerifiedEmail: true, newPeople: 'nobody' });
    await person('ada', { email: 'ada@acme.example' });
    expect(identityOf(await signIn(account))).toBe(want);
    // From then on the subject counts, whatever becomes of the address.
    expect(identityOf(await signIn({ sub: 's' }))).toBe(want);
  });

  it('makes new people of everyone, when it is told to, without taking anybody’s name', async () => {
    await start({ newPeople: 'everyone' });
    expect(identityOf(await signIn({ sub: 'a', preferred_username: 'Grace' }))).toBe('user:default/grace');
    expect(identityOf(await signIn({ sub: 'b', preferred_username: 'grace' }))).toBe('user:default/grace-2');
    expect(identityOf(await signIn({ sub: 'c', preferred_username: 'admin' }))).toBe('user:default/admin-2');
    expect(identityOf(await signIn({ sub: 'a' }))).toBe('user:default/grace');
  });

  it('refuses whoever was disabled', async () => {
    await start();
    await person('ada', { disabled: true });
    await put(IdentityMapping, 'oidc-ada', { user: 'ada', provider: 'oidc', subject: 'sub-1' });
    expect((await signIn({ sub: 'sub-1' })).error.message).toMatch(/nobody who may sign in/);
  });

  it('is listed for the sign-in page, and its state without a secret', async () => {
    await start();
    const listed = await request(backend.server).get('/api/krate/sign-in');
    expect(listed.body).toEqual({ providers: [{ id: 'oidc', title: 'OpenID Connect' }] });
    expect((await request(backend.server).get('/api/krate/sign-in/status')).status).toBe(401);
    const { token } = await controlPlane.tokens.issue({
      principal: { type: 'user', name: 'admin' },
      purpose: 'access',
      description: '',
    });
    const state = () =>
      request(backend.server).get('/api/krate/sign-in/status').set('authorization', `Bearer ${token}`);
    const { body, text } = await state();
    expect(body.items).toEqual([expect.objectContaining({ id: 'oidc', works: true, complete: true })]);
    expect(text).not.toContain('never shown');
  });
});
