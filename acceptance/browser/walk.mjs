/**
 * Walks the pages of a running portal in both themes and at two widths, leaves a screenshot of each under
 * `screenshots/` (ignored by git) and reports what axe finds serious, what the console said, and pages without their h1.
 *
 *   kubectl apply -f acceptance/browser/objects.yaml
 *   node acceptance/browser/walk.mjs '<sign-in link>' [organization] [repository] [only] [loading | failing | empty]
 *
 * `loading` photographs the pages while Krate's answers are still awaited, `failing` while it answers that it is unavailable;
 * `empty` is for an organization that has nothing, such as the example's `globex`. `only`: part of the names of pages, or several
 * of them with commas. `KRATE_WALK_THEMES`, `KRATE_WALK_WIDTHS` narrow the walk: `dark`, `900`.
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
// A dialog opens only from a page that is there.
const chosen = pages.filter(
  ({ name, part }) => only.split(',').some(wanted => name.includes(wanted)) && !(part && answers[state]),
);
let findings = 0;

const { KRATE_WALK_THEMES: themes = 'light,dark', KRATE_WALK_WIDTHS: widths = '1440,900' } = process.env;
for (const theme of themes.split(',')) {
  for (const width of widths.split(',').map(Number)) {
    const context = await browser.newContext({
      storageState: signedIn,
      viewport: { width, height: 900 },
      colorScheme: theme,
    });
    await context.addInitScript(name => window.localStorage.setItem('theme', name), theme);
    if (answers[state]) await context.route('**/api/krate/**', answers[state]);
    const page = await context.newPage();
    // What a failing server says to the console is the point of that walk.
    if (state !== 'failing')
      page.on(
        'console',
        message => message.type() === 'error' && report(`console: ${message.text().slice(0, 300)}`),
      );
    page.on('pageerror', error => report(`error: ${error.message}`));
    for (const { name, path, prepare, part } of chosen) {
      const label = `${name} ${theme} ${width}`;
      report.label = label;
      await page.goto(origin + path);
      await page
        .locator('h1')
        .first()
        .waitFor({ timeout: 15_000 })
        .catch(() => report('no h1'));
      if (answers[state]) await page.waitForTimeout(1500);
      else await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
      if (!answers[state]) await prepare?.(page).catch(error => report(`not prepared: ${error.message}`));
      await page.waitForTimeout(400);
      await page.screenshot({
        path: join(folder, `${[name, state, theme, width].filter(Boolean).join('-')}.png`),
      });
      // Of the page itself: a document of TechDocs brings one of its own, behind a shadow root.
      const headings = await page.evaluate(() => document.querySelectorAll('h1').length);
      if (!part && headings !== 1) report(`${headings} h1`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) report(`scrolls sideways by ${wide} px`);
      if (width === 1440) {
        const axe = new AxeBuilder({ page });
        if (part) axe.include(part);
        const { violations } = await axe.analyze();
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
