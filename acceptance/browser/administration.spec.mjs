/**
 * Administration in two browsers: an admin invites somebody by a link, who chooses a name in a browser of their own, gets
 * another role while looking, makes a token that only reads and revokes it; all of it is found in the audit trail.
 */
import { expect, inspect, test } from './portal.mjs';

test('an admin lets somebody in', async ({ page, browser, portal }) => {
  const { url, link } = portal;
  const manage = `${url}/orgs/acme/manage`;
  const context = await browser.newContext();
  const second = await context.newPage();
  let invitation;

  await test.step('invite', async () => {
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
    await page.goto(`${manage}/access/invites`);
    await page.getByRole('button', { name: 'Invite somebody' }).first().click();
    await page.getByLabel('Email address').fill('grace@acme.example');
    await page.getByLabel('Name people read').fill('Grace Hopper');
    await page.getByRole('button', { name: 'Make the invitation' }).click();
    const shown = page.getByText(/\/invitation#krate_v_/);
    await expect(shown).toBeVisible();
    invitation = await shown.textContent();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText(invitation)).toHaveCount(0);
    await inspect(page, 'invitations');
  });

  await test.step('accept in another browser, as somebody new', async () => {
    await second.goto(invitation);
    await expect(second.getByText('invites you to')).toBeVisible();
    await second.getByLabel('User name').fill('grace');
    await second.getByRole('button', { name: 'Accept and sign in' }).click();
    await expect(second.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Invitations' }).getByText('Accepted')).toBeVisible();

    const third = await (await browser.newContext()).newPage();
    await third.goto(invitation);
    await expect(third.getByText('was accepted already')).toBeVisible();
    await third.context().close();
  });

  await test.step('a missing permission can be asked for', async () => {
    await second.goto(`${manage}/access/teams`);
    await expect(second.getByRole('button', { name: 'Make a team' })).toBeDisabled();
    await second.getByRole('button', { name: /Why you may not make teams/ }).click();
    await second.getByRole('button', { name: 'Ask the admins for it' }).click();
    await expect(second.getByText(/admin.* been told/)).toBeVisible();
  });

  await test.step('change the role', async () => {
    await page.goto(`${manage}/access/members`);
    await page.getByRole('link', { name: 'Grace Hopper' }).click();
    await page.getByRole('combobox', { name: /Given directly/ }).click();
    await page.getByRole('option', { name: /^maintainer/ }).click();
    await expect(page.getByText('Grace Hopper is maintainer now')).toBeVisible();
    await inspect(page, 'member');
  });

  await test.step('make a token, and revoke it', async () => {
    await second.goto(`${manage}/account/tokens`);
    await second.getByRole('button', { name: 'Make a token' }).first().click();
    await second.getByLabel('Name').fill('nightly backup');
    await second.getByRole('button', { name: 'Make', exact: true }).click();
    const token = await second.getByText(/^krate_a_/).textContent();
    await second.getByRole('button', { name: 'Done' }).click();
    const users = `${url}/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/krate-org-acme/users`;
    const asToken = () => fetch(users, { headers: { authorization: `Bearer ${token}` } });
    expect((await asToken()).status).toBe(200);

    await second.getByRole('button', { name: 'Revoke nightly backup' }).click();
    await second.getByLabel('Type nightly backup to confirm').fill('nightly backup');
    await second.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(second.getByText('nightly backup')).toHaveCount(0);
    expect((await asToken()).status).toBe(401);
    await inspect(second, 'tokens');
  });

  await test.step('find it in the audit trail', async () => {
    await page.goto(`${manage}/audit?who=grace`);
    const trail = page.getByRole('table', { name: 'Audit trail' });
    await expect(trail.getByText('invite.accept')).toBeVisible();
    await expect(trail.getByText('access.request')).toBeVisible();
    await page.goto(`${manage}/audit?kind=AgentRoleBinding&who=admin`);
    await expect(trail.getByText('patch').first()).toBeVisible();
    await inspect(page, 'audit');
  });
  await context.close();
});
