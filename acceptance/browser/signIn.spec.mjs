/**
 * Signing in as people do in production: a button, the popup of a real OpenID provider (the npm package oidc-provider, on
 * loopback) with its own form, and back. Somebody nobody knows is refused with words that help. GitHub is a fake.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import Provider from 'oidc-provider';
import { freePort, Machine } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';
import { FakeGitHub } from './FakeGitHub.mjs';
import { expect, inspect } from './portal.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A Krate with both providers, an OpenID provider for its address, and its administrator at a terminal. */
const test = base.extend({
  krate: [
    async ({}, use) => {
      const machine = new Machine(root);
      const github = await FakeGitHub.start();
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const oidc = await startOidc(`${url}/api/auth/oidc/handler/frame`);
      try {
        const config = machine.write('sign-in.json', JSON.stringify(configOf({ oidc, github })));
        await machine.startKrate({
          command: ['npm', 'start', '--', '--config', config],
          ...{ port, apiPort: await freePort(), dataDirectory: join(machine.home, 'data') },
        });
        const admin = new Person(machine, 'admin', { root, url });
        await admin.signIn(machine.output.match(/http\S+#sign-in=\S+/)[0]);
        await use({ url, admin });
      } finally {
        await machine.close();
        await github.stop();
        oidc.close();
      }
    },
    { timeout: 300_000 },
  ],
});

function configOf({ oidc, github }) {
  const client = { clientId: 'krate', clientSecret: 'a secret of the test' };
  return {
    auth: {
      session: { secret: 'for the state of a sign-in' },
      providers: {
        oidc: {
          production: { ...client, metadataUrl: `${oidc.issuer}/.well-known/openid-configuration` },
        },
        github: { production: { ...client, enterpriseInstanceUrl: github.url } },
      },
    },
    krate: { signIn: { titles: { oidc: 'Company account', github: 'GitHub' } } },
  };
}

/** An OpenID provider that lets everybody in by the name they type. */
async function startOidc(redirectUri) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'krate', client_secret: 'a secret of the test', redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `The one called ${id}`,
        email: `${id}@acme.example`,
        email_verified: true,
      }),
    }),
    pkce: { required: () => false },
  });
  const server = createServer(provider.callback()).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const manifest = (kind, name, spec) => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind,
  metadata: { name, namespace: 'krate-system' },
  spec,
});

test.use({ actionTimeout: 20_000 });

test('people sign in with their company account, and with GitHub', async ({ browser, krate }) => {
  const { url, admin } = krate;
  await admin.apply([
    manifest('User', 'ada', { displayName: 'Ada Lovelace' }),
    manifest('IdentityMapping', 'ada', { user: 'ada', provider: 'backstage', subject: 'ada' }),
    manifest('IdentityMapping', 'ada-oidc', { user: 'ada', provider: 'oidc', subject: 'ada-sub' }),
    manifest('IdentityMapping', 'ada-github', { user: 'ada', provider: 'github', subject: '4711' }),
  ]);

  /** Opens the sign-in page in a browser of one's own and presses a provider's button. */
  const arrive = async button => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: button }).click();
    return { page, popup: await popup };
  };
  /** The provider's own pages: its form, then its question. */
  const byForm = async (popup, name) => {
    await popup.locator('input[name=login]').fill(name);
    await popup.locator('input[name=password]').fill('any');
    await popup.locator('button[type=submit]').click();
    await popup.getByRole('button', { name: 'Continue' }).click();
  };

  await test.step('whoever is mapped is in', async () => {
    const { page, popup } = await arrive(/Company account/);
    await byForm(popup, 'ada-sub');
    await popup.waitForEvent('close');
    await expect(page.getByRole('button', { name: /Company account/ })).toHaveCount(0);
    // The session outlives the page.
    await page.reload();
    await expect(page.getByRole('button', { name: /Company account/ })).toHaveCount(0);
    await page.context().close();
  });

  await test.step('somebody nobody knows is told so, and what to do', async () => {
    const { page, popup } = await arrive(/Company account/);
    await byForm(popup, 'stranger');
    await expect(page.getByText(/Nobody here is known by this login/)).toBeVisible();
    await inspect(page, 'sign-in-refused', 'body');
    await page.context().close();
  });

  await test.step('GitHub, which is a fake here', async () => {
    const { page, popup } = await arrive(/GitHub/);
    await popup.getByRole('link', { name: 'Authorize' }).click();
    await expect(page.getByRole('button', { name: /GitHub/ })).toHaveCount(0);
    await page.context().close();
  });
});
