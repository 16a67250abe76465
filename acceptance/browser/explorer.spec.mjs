/**
 * A platform engineer in the explorer: makes an object in the form, filters and saves a view, meets a refusal of the server at
 * its field, sees what kubectl changes, reads who changed what, and deletes in bulk.
 */
import { expect, inspect, test } from './portal.mjs';

const NAMESPACE = 'krate-org-acme';

const team = (name, displayName, labels) => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind: 'Team',
  metadata: { name, namespace: NAMESPACE, labels },
  spec: { displayName },
});

test('every object can be explored', async ({ page, portal }) => {
  const { url } = portal;
  const admin = await portal.administrator();
  const problems = [];
  page.on('pageerror', error => problems.push(String(error)));
  await page.goto((await admin.krate('sign-in-link', 'admin')).match(/http\S+#sign-in=\S+/)[0]);
  await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  const rows = page.getByRole('rowheader');
  const faults = page.getByRole('status', { name: 'Faults' });

  await test.step('every kind is found', async () => {
    await page.goto(`${url}/orgs/acme/explorer`);
    await expect(page.getByText(/^\d+ kinds$/)).toBeVisible();
    await inspect(page, 'explorer-index');
    await page.getByRole('textbox', { name: 'Find a kind' }).fill('group of users');
    await page.getByRole('link', { name: 'Team', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeVisible();
  });

  await test.step('an object is made in the form, and reviewed before it is stored', async () => {
    await page.getByRole('button', { name: 'New Team' }).click();
    const form = page.getByRole('region', { name: 'Form' });
    await expect(faults).toContainText('metadata.name');
    await form.getByRole('textbox', { name: /^Name/ }).fill('drivers');
    await form.getByRole('textbox', { name: /^Display name/ }).fill('Drivers');
    await expect(page.getByRole('textbox', { name: 'Manifest' })).toContainText('name: drivers');
    await inspect(page, 'explorer-create');
    await page.getByRole('button', { name: 'Review and create' }).click();
    await expect(page.getByRole('region', { name: 'What will change' })).toContainText('Drivers');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('heading', { name: /^drivers/, level: 1 })).toBeVisible();
    await inspect(page, 'explorer-detail');
  });

  await test.step('a list is filtered and saved as a view', async () => {
    await admin.apply([
      team('tuners', 'Tuners', { tier: 'shop' }),
      team('painters', 'Painters', { tier: 'shop' }),
    ]);
    await page.goto(`${url}/orgs/acme/explorer/teams?labels=tier%3Dshop`);
    await expect(rows).toHaveText(['painters', 'tuners']);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this list…' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('The shop');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('button', { name: 'The shop' })).toBeVisible();
    const view = await admin.get('view', 'teams-the-shop', NAMESPACE);
    expect(view.spec.selector.labels).toEqual({ tier: 'shop' });
    await inspect(page, 'explorer-list');
  });

  await test.step('a saved view opens by its name alone, and kubectl changes it live', async () => {
    await page.goto(`${url}/orgs/acme/explorer/teams?view=teams-the-shop`);
    await expect(rows).toHaveText(['painters', 'tuners']);
    await admin.apply(team('welders', 'Welders', { tier: 'shop' }));
    await expect(rows).toHaveText(['painters', 'tuners', 'welders']);
    await admin.kubectl(
      'patch',
      'team',
      'welders',
      '-n',
      NAMESPACE,
      '--type=merge',
      '-p',
      '{"spec":{"displayName":"Joiners"}}',
    );
    await expect(page.getByRole('cell', { name: 'Joiners' })).toBeVisible();
  });

  await test.step('a refusal of the server stands at its field', async () => {
    await page.goto(`${url}/orgs/acme/explorer/teams/welders/edit`);
    const form = page.getByRole('region', { name: 'Form' });
    const name = form.getByRole('textbox', { name: /^Display name/ });
    await expect(name).toHaveValue('Joiners');
    // The schema says nothing of what a label may be; the server does.
    const tier = form.getByRole('group', { name: 'Labels' }).getByRole('textbox', { name: 'tier' });
    await tier.fill('not a label!');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await expect(faults).toContainText('(the server)');
    await expect(faults).toContainText('metadata.labels');
    await inspect(page, 'explorer-refused');
    await tier.fill('shop');
    await name.fill('Welders and joiners');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: /^welders/, level: 1 })).toBeVisible();
    await expect(page.getByText('Welders and joiners')).toBeVisible();
  });

  await test.step('what was not saved is kept: Back and a reload ask, and the draft is offered', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('region', { name: 'Form' });
    const name = form.getByRole('textbox', { name: /^Display name/ });
    await name.fill('Half a thought');
    await page.goBack();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
    await expect(name).toHaveValue('Half a thought');

    const asked = page.waitForEvent('dialog');
    const reloaded = page.reload();
    await (await asked).accept();
    await reloaded;
    await expect(name).toHaveValue('Welders and joiners');
    await inspect(page, 'explorer-draft');
    await page.getByRole('button', { name: 'Restore draft' }).click();
    await expect(name).toHaveValue('Half a thought');
    await page.goBack();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expect(page.getByRole('heading', { name: /^welders/, level: 1 })).toBeVisible();
  });

  await test.step('the history says who changed what', async () => {
    await page.getByRole('link', { name: 'History' }).click();
    await expect(page.getByRole('region', { name: 'Lines that differ' })).toContainText(
      'Welders and joiners',
    );
    await expect(page.getByRole('listitem').filter({ hasText: 'admin' }).first()).toBeVisible();
    await inspect(page, 'explorer-history');
    await page.getByRole('link', { name: 'Relations' }).click();
    await expect(page.getByRole('heading', { name: 'Graph' })).toBeVisible();
    await inspect(page, 'explorer-relations');
  });

  await test.step('many are deleted at once, after their number was typed', async () => {
    await page.goto(`${url}/orgs/acme/explorer/teams?view=teams-the-shop`);
    await expect(rows).toHaveText(['painters', 'tuners', 'welders']);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect(page.getByText('2 selected')).toBeVisible();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await expect(page.getByRole('dialog')).toContainText('2 will be deleted');
    // What lies behind the dialog is dimmed on purpose.
    await inspect(page, 'explorer-bulk', '[role="dialog"]');
    await page.getByRole('textbox', { name: /to confirm/ }).fill('delete 2');
    await page.getByRole('button', { name: 'Delete 2' }).click();
    await expect(page.getByRole('dialog')).toContainText('2 deleted');
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(rows).toHaveText(['welders']);
  });
  expect(problems).toEqual([]);
});
