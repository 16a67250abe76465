/**
 * What the browser's stories stand on: a Krate of their own for each test, with the example's organizations and people, and an
 * eye on every page.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Machine } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const photographs = process.env.KRATE_SCREENSHOTS;

export { expect };

/** `portal`: where it answers (`url`), the printed link (`link`), and its administrator at a
 * terminal, signed in by that link or another one (`administrator(link)`). */
export const test = base.extend({
  portal: [
    async ({}, use) => {
      const machine = new Machine(root);
      try {
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const dataDirectory = join(machine.home, 'data');
        await machine.startKrate({ port, apiPort: await freePort(), dataDirectory, examples: 'hello-agent' });
        const link = machine.output.match(/http\S+#sign-in=\S+/)[0];
        const administrator = async (by = link) => {
          const admin = new Person(machine, 'admin', { root, url });
          await admin.signIn(by);
          return admin;
        };
        await use({ url, link, administrator });
      } finally {
        await machine.close();
      }
    },
    { timeout: 300_000 },
  ],
  // A missing control should fail in seconds, not when the whole test runs out of time.
  actionTimeout: 20_000,
});

/**
 * Looks at a page, or a part of it: axe finds nothing serious in Krate's own content (Backstage's frame around it is
 * Backstage's). With KRATE_SCREENSHOTS it is photographed.
 */
export async function inspect(page, name, part = 'main, article, [role="main"]') {
  await page.waitForTimeout(500);
  if (photographs) {
    mkdirSync(photographs, { recursive: true });
    await page.screenshot({ path: join(photographs, `${name}.png`) });
  }
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join('\n  ')}`);
  expect(serious, `accessibility of ${name}`).toEqual([]);
}
