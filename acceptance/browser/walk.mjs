/**
 * Walks the pages of a running portal in both themes and at two widths, leaves a screenshot of each under
 * `screenshots/` (ignored by git) and reports what axe finds serious, what the console said, and pages without their h1.
 *
 *   node acceptance/browser/walk.mjs '<sign-in link>' [organization] [repository] [only] [loading | failing]
 *
 * `loading` photographs the pages while Krate's answers are still awaited, `failing` while it answers that it is unavailable.
 * The session is kept in `screenshots/session.json`; later walks may leave the link out with an address instead.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPages } from './pages.mjs';

const [start, organization = 'acme', repository = 'till', only = '', state = ''] = process.argv.slice(2);
if (!start) throw new Error('Give the sign-in link that Krate printed, or the address of the portal');

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../screenshots');
const session = join(folder, 'session.json');
mkdirSync(folder, { recursive: true });

const answers = {
  loading: () => new Promise(() => {}),
  failing: route =>
    route.fulfill({
      status: 503,
      contentType: 'application/json',
      headers: { 'x-request-id': 'walk-failing' },
      body: JSON.stringify({
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        reason: 'ServiceUnavailable',
        code: 503,
        message: 'The database does not answer; Krate tries again by itself',
      }),
    }),
};

const { origin, hash } = new URL(start);
const browser = await chromium.launch({
  executablePath: process.env.KRATE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

if (hash) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(start);
  await page.locator('h1').first().waitFor();
  await context.storageState({ path: session });
  await context.close();
}

const signedIn = existsSync(session) ? session : undefined;
const pages = await findPages(browser, { origin, organization, repository, session: signedIn });
let findings = 0;

for (const theme of ['light', 'dark']) {
  for (const width of [1440, 900]) {
    const context = await browser.newContext({
      storageState: signedIn,
      viewport: { width, height: 900 },
      colorScheme: theme,
    });
    await context.addInitScript(name => window.localStorage.setItem('theme', name), theme);
    if (state) await context.route('**/api/krate/**', answers[state]);
    const page = await context.newPage();
    // What a failing server says to the console is the point of that walk.
    if (state !== 'failing')
      page.on(
        'console',
        message => message.type() === 'error' && report(`console: ${message.text().slice(0, 300)}`),
      );
    page.on('pageerror', error => report(`error: ${error.message}`));
    for (const { name, path, prepare } of pages.filter(({ name }) => name.includes(only))) {
      const label = `${name} ${theme} ${width}`;
      report.label = label;
      await page.goto(origin + path);
      await page
        .locator('h1')
        .first()
        .waitFor({ timeout: 15_000 })
        .catch(() => report('no h1'));
      if (state) await page.waitForTimeout(1500);
      else await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
      if (!state) await prepare?.(page);
      await page.waitForTimeout(400);
      await page.screenshot({
        path: join(folder, `${[name, state, theme, width].filter(Boolean).join('-')}.png`),
      });
      if ((await page.locator('h1').count()) !== 1) report(`${await page.locator('h1').count()} h1`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) report(`scrolls sideways by ${wide} px`);
      if (width === 1440) {
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, impact, nodes } of violations.filter(
          found => found.impact === 'serious' || found.impact === 'critical',
        )) {
          report(
            `axe ${impact} ${id}: ${nodes
              .map(node => node.target.join(' '))
              .slice(0, 3)
              .join(' | ')}`,
          );
        }
      }
    }
    await context.close();
  }
}
await browser.close();
process.stdout.write(`${findings} findings; screenshots are in ${folder}\n`);
process.exitCode = findings > 0 ? 1 : 0;

function report(text) {
  findings++;
  process.stdout.write(`${report.label}: ${text}\n`);
}
