/** Finding one's way by keyboard alone: the palette, the keys, the search, the catalog's pages of what Krate has. */
import { expect, inspect, test } from './portal.mjs';

test('one finds everything without a mouse', async ({ page, portal }) => {
  const { url, link } = portal;
  const problems = [];
  page.on('pageerror', error => problems.push(String(error)));
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  const field = page.getByRole('combobox', { name: 'Go to or do' });

  await test.step('the first steps know what is there', async () => {
    await expect(page.getByText('3 of 5 done')).toBeVisible();
    await inspect(page, 'first-steps');
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Show the first steps' })).toBeVisible();
    await expect(page.getByText('of 5 done')).toBeHidden();
  });

  await test.step('the palette leads to a page, and back to the field it was opened from', async () => {
    await page.keyboard.press('Control+k');
    await expect(field).toBeFocused();
    await expect(page.getByRole('option', { name: 'Create a repository' })).toBeVisible();
    await inspect(page, 'palette', '[role="dialog"]');
    await page.keyboard.type('pull re');
    await expect(page.getByRole('option').first()).toContainText('Pull requests');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/orgs\/acme\/pull-requests$/);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
  });

  await test.step('it finds things by name, and does what one may do', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('till');
    await expect(page.getByRole('option', { selected: true })).toHaveText(/^tillRepository$/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/orgs\/acme\/repositories\/till$/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('create repo');
    await expect(page.getByRole('option', { selected: true })).toContainText('Create a repository');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /repository/i })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('keys go places, and ? says which', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await expect(page.getByRole('heading', { name: 'Stacks', level: 1 })).toBeVisible();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await expect(help.getByText('Pull requests')).toBeVisible();
    await expect(help.getByText('Next row')).toBeVisible();
    await inspect(page, 'keys', '[role="dialog"]');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  });

  await test.step('the search finds words', async () => {
    await page.keyboard.press('/');
    await page.getByRole('searchbox', { name: 'Search' }).fill('receipt');
    const results = page.getByRole('list', { name: 'Results' });
    await expect(results.getByRole('link', { name: 'till' })).toHaveCount(1);
    await inspect(page, 'search');
    await page.getByRole('searchbox', { name: 'Search' }).fill('zzqqxxyyzzqq');
    await expect(page.getByText('Nothing was found for')).toBeVisible();
  });

  await test.step('the documentation is at hand, with its pictures', async () => {
    await page.goto(`${url}/documentation/guides/first-tour`);
    await expect(page.getByRole('heading', { name: 'The first tour', level: 1 })).toBeVisible();
    const picture = page.getByRole('img', { name: 'The home page of an organization' });
    await expect.poll(() => picture.evaluate(image => image.naturalWidth)).toBeGreaterThan(0);
    await inspect(page, 'documentation');
  });

  await test.step('the catalog knows what is going on', async () => {
    await page.goto(`${url}/catalog/default/group/acme`);
    await expect(page.getByRole('table', { name: 'Repositories' }).getByText('till')).toBeVisible();
    await expect(page.getByRole('table', { name: 'People' })).toBeVisible();
    await page.goto(`${url}/catalog/acme/component/fixer/stack`);
    await expect(page.getByRole('heading', { name: 'Readiness' })).toBeVisible();
  });

  expect(problems).toEqual([]);
});
