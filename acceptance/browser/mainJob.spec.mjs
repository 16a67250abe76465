/**
 * The main job in a browser: sign in with the printed link, dispatch the example's agent, answer it, review its pull request
 * and merge, never reloading a page. Every page on the way is looked at by axe and, with KRATE_SCREENSHOTS, photographed.
 */
import { expect, inspect, test } from './portal.mjs';

test('a newcomer does the main job', async ({ page, browser, portal }) => {
  const { url, link } = portal;
  const problems = [];
  page.on('pageerror', error => problems.push(String(error)));

  await test.step('the printed link signs in, once', async () => {
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
    expect(page.url()).not.toContain('sign-in');
    await expect(page.getByRole('table', { name: 'Repositories' }).getByText('till')).toBeVisible();
    await inspect(page, 'home');

    const stranger = await browser.newPage();
    await stranger.goto(link);
    await expect(stranger.getByText('Sign in to Krate')).toBeVisible();
    await stranger.close();
  });

  await test.step('a repository, its files, and its failing pipeline', async () => {
    await page.goto(`${url}/orgs/acme/repositories/till`);
    await expect(page.getByRole('heading', { name: 'till', level: 1 })).toBeVisible();
    await expect(page.getByText('Failed').first()).toBeVisible();
    await inspect(page, 'repository');
    await page.getByRole('link', { name: 'Code', exact: true }).click();
    await page.getByRole('button', { name: /receipt\.js/ }).click();
    await expect(page.getByText('Math.floor')).toBeVisible();
    await inspect(page, 'code');
  });

  await test.step('dispatch the agent', async () => {
    await page.getByRole('button', { name: 'Dispatch an agent' }).first().click();
    await expect(page.getByRole('heading', { name: 'Dispatch an agent' })).toBeVisible();
    await page.getByRole('combobox', { name: /^Stack/ }).click();
    await page.getByRole('option', { name: /Fixer/ }).click();
    await page.getByLabel('Task').fill('Make the failing test pass.');
    await inspect(page, 'dispatch');
    await page.getByLabel('Task').press('Control+Enter');
    await expect(page).toHaveURL(/\/orgs\/acme\/runs\/fixer-/);
  });

  await test.step('it works live, and parks on a question', async () => {
    await expect(
      page.getByText('The total is cut off instead of rounded', { exact: false }).first(),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Approve: .*node --test/ })).toBeEnabled();
    await inspect(page, 'approval');
    await page.getByRole('button', { name: /^Approve: .*node --test/ }).click();
    await expect(page.getByText('Both tests pass', { exact: false }).first()).toBeVisible();
  });

  await test.step('the write-back is approved, and becomes a pull request', async () => {
    const approve = page.getByRole('button', { name: /^Approve: / });
    await expect(approve).toBeEnabled();
    await approve.click();
    await expect(page.getByText('Completed').first()).toBeVisible();
    await inspect(page, 'run');
    await page
      .getByRole('link', { name: /pull request till-/ })
      .first()
      .click();
    await expect(page).toHaveURL(/pull-requests\/till-/);
  });

  await test.step('checked, reviewed, merged', async () => {
    const merge = page.getByRole('button', { name: /Merge into main/ });
    await expect(merge).toBeVisible();
    await page.getByRole('radio', { name: 'Approve' }).check();
    await page.getByRole('button', { name: 'Send the review' }).click();
    await expect(merge).toBeEnabled({ timeout: 60_000 });
    await inspect(page, 'pull-request');
    await page.getByRole('link', { name: /^Files/ }).click();
    await expect(page.getByText('Math.round').first()).toBeVisible();
    await inspect(page, 'files');
    await page.getByRole('link', { name: /^Conversation/ }).click();
    await merge.click();
    await expect(page.getByText('Merged into main', { exact: false })).toBeVisible({ timeout: 60_000 });
    await inspect(page, 'merged');
  });

  await test.step('the catalog has the repository, with the same tabs', async () => {
    await page.goto(`${url}/catalog/acme/component/till`);
    await expect(
      page
        .getByRole('tab', { name: 'Code' })
        .or(page.getByRole('link', { name: 'Code' }))
        .first(),
    ).toBeVisible();
  });

  await test.step('a change made with kubectl appears without a reload', async () => {
    await page.goto(`${url}/orgs/acme/repositories`);
    await expect(page.getByRole('heading', { name: 'Repositories', level: 1 })).toBeVisible();
    const another = await page.evaluate(async () => {
      const authorization = { credentials: 'include', headers: { 'x-requested-with': 'XMLHttpRequest' } };
      const session = await (await fetch('/api/auth/local/refresh', authorization)).json();
      const response = await fetch('/api/krate/tokens', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${session.backstageIdentity.token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ purpose: 'sign-in' }),
      });
      return (await response.json()).token;
    });
    const admin = await portal.administrator(`${url}/#sign-in=${another}`);
    await admin.apply({
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Repository',
      metadata: { name: 'made-by-kubectl', namespace: 'krate-org-acme' },
      spec: {},
    });
    await expect(page.getByText('made-by-kubectl')).toBeVisible({ timeout: 3000 });
    await inspect(page, 'repositories');
  });

  expect(problems).toEqual([]);
});
