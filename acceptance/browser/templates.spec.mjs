/** The templates of the portal, filled in by hand and run to their end: what they make is there and works. */
import { expect, test } from './portal.mjs';

test('a repository and a stack that works on it are made from templates', async ({ page, portal }) => {
  const { url, link } = portal;
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  const form = page.getByRole('article');
  const field = name => form.getByRole('textbox', { name });

  const open = async template => {
    await page.goto(`${url}/create/templates/default/${template}`);
    await field('Organization').click();
    await page.getByRole('option', { name: /acme/i }).click();
  };
  const run = async link => {
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('link', { name: link }).click();
  };

  await test.step('a repository', async () => {
    await open('create-repository');
    await field('Name').fill('printer');
    await field('Description').fill('Prints: "reports"');
    await page.getByRole('button', { name: 'Next' }).click();
    await run('Open the repository');
    await expect(page).toHaveURL(/\/orgs\/acme\/repositories\/printer$/);
    await expect(page.getByRole('heading', { name: 'printer', level: 1 })).toBeVisible();
    await expect(page.getByText('Prints: "reports"').first()).toBeVisible();
    await page.getByRole('link', { name: 'Code', exact: true }).click();
    await expect(page.getByRole('button', { name: /README\.md/ })).toBeVisible();
  });

  await test.step('a stack', async () => {
    await open('create-agent-stack');
    await field(/^Name/).fill('printer-fixer');
    await field('command-0').fill('/bin/cat');
    await field('command-1').fill('-');
    await page.getByRole('button', { name: 'Next' }).click();
    await field('Repository it may work on').fill('printer');
    await field('Runner pool').fill('local');
    await run('Open the stack');
    await expect(page).toHaveURL(/\/orgs\/acme\/stacks\/printer-fixer$/);
    await expect(page.getByText('Ready').first()).toBeVisible();
  });
});
