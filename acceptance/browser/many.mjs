/**
 * What the portal is like with many things: fills an organization with pull requests and selectors through the API, as far as
 * they are not there yet, and measures the palette and the explorer in a browser. It judges nothing: times depend on the machine.
 *
 *   KRATE_TOKEN=<an access token of an admin> node acceptance/browser/many.mjs '<sign-in link>' [organization] [repository] [count]
 */
import { chromium } from '@playwright/test';

const [link, organization = 'acme', repository = 'till', count = '10000'] = process.argv.slice(2);
const { KRATE_TOKEN: token, KRATE_CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;
if (!link || !token) throw new Error('Give a sign-in link, and an access token as KRATE_TOKEN');

const { origin } = new URL(link);
const wanted = Number(count);
const namespace = `krate-org-${organization}`;
const collection = plural =>
  `${origin}/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/${namespace}/${plural}`;
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const say = (what, value) => process.stdout.write(`${what.padEnd(44)} ${value}\n`);
const WORDS = ['receipts', 'rounding', 'cashiers', 'prices', 'discounts', 'taxes', 'printers', 'drawers'];

const MANIFESTS = {
  // Withdrawn ones, which nothing acts on: what is measured is the portal.
  pullrequests: index => ({
    kind: 'PullRequest',
    metadata: {},
    spec: {
      repository,
      title: `Mend the ${WORDS[index % 8]} of shop ${index}`,
      sourceRef: `refs/heads/shop-${index}`,
      targetRef: 'refs/heads/main',
      state: 'closed',
    },
  }),
  selectors: index => ({
    kind: 'Selector',
    metadata: {
      name: `selector-${String(index).padStart(5, '0')}`,
      labels: { tier: WORDS[index % 8] },
    },
    spec: { displayName: `${WORDS[index % 8]} number ${index}`, query: WORDS[(index * 7) % 8] },
  }),
};

async function fill(plural) {
  const listed = await (await fetch(`${collection(plural)}?limit=1`, { headers })).json();
  const present = listed.items.length + (listed.metadata.remainingItemCount ?? 0);
  let next = present;
  const began = Date.now();
  const worker = async () => {
    while (next < wanted) {
      const manifest = { apiVersion: 'krate.a5c.ai/v1alpha1', ...MANIFESTS[plural](next++) };
      const answer = await fetch(collection(plural), {
        method: 'POST',
        headers,
        body: JSON.stringify(manifest),
      });
      if (!answer.ok) throw new Error(`${plural}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  say(`${plural} made`, `${wanted - present} in ${Date.now() - began} ms`);
}

for (const plural of Object.keys(MANIFESTS)) await fill(plural);

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(link);
await page.locator('h1').first().waitFor();
await page.waitForLoadState('networkidle').catch(() => undefined);
await measurePalette();
await measureExplorer();
await browser.close();

/** How long from the last letter until the thing typed stands in the list, and what was fetched for it. */
async function measurePalette() {
  const field = page.getByRole('combobox', { name: 'Go to or do' });
  const fetched = { requests: 0, bytes: 0 };
  page.on('response', async response => {
    if (!response.url().includes('/api/')) return;
    fetched.requests++;
    fetched.bytes += (await response.body().catch(() => '')).length;
  });
  for (const round of [1, 2, 3]) {
    Object.assign(fetched, { requests: 0, bytes: 0 });
    let began = Date.now();
    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.getByRole('option').first().waitFor();
    say(`palette, opening ${round}`, `${Date.now() - began} ms`);
    const shop = wanted - 100 * round - 1;
    await field.pressSequentially(`shop ${shop}`, { delay: 40 });
    began = Date.now();
    await page.getByRole('option', { name: `of shop ${shop} ` }).waitFor();
    say(`palette, from the last letter to the answer ${round}`, `${Date.now() - began} ms`);
    await page.waitForTimeout(500);
    say(`palette, fetched ${round}`, `${fetched.requests} answers, ${Math.round(fetched.bytes / 1000)} kB`);
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'hidden' });
  }
}

async function measureExplorer() {
  await page.goto(`${origin}/orgs/${organization}/explorer?q=selector`);
  const total = wanted.toLocaleString('en');
  let began = Date.now();
  await page.getByRole('link', { name: 'Selector', exact: true }).click();
  began = Date.now();
  await page.getByRole('rowheader').first().waitFor();
  say('explorer, first rows', `${Date.now() - began} ms`);
  await page.getByText(total, { exact: true }).waitFor({ timeout: 60_000 });
  say('explorer, all rows', `${Date.now() - began} ms`);

  const table = page.getByRole('table');
  const box = await table.boundingBox();
  const frames = page.evaluate(watchFrames, 3000);
  await page.mouse.move(box.x + 400, box.y + 300);
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, 3000);
    await page.waitForTimeout(50);
  }
  const { worst, p95 } = await frames;
  say('explorer, scrolling: frames', `95 % within ${p95} ms, the worst ${worst} ms`);

  const filter = page.getByRole('textbox', { name: 'Filter selectors' });
  began = Date.now();
  await filter.fill('receipts number 99');
  await page.getByText(new RegExp(` of ${total}`)).waitFor();
  say('explorer, filtered by text', `${Date.now() - began} ms`);
  await filter.fill('');
  await page.getByText(total, { exact: true }).waitFor();

  began = Date.now();
  await page.getByRole('button', { name: 'Display Name' }).click();
  await page.locator('[role="columnheader"][aria-sort], th[aria-sort]').first().waitFor();
  say('explorer, sorted', `${Date.now() - began} ms`);

  const patch = { spec: { displayName: `seen at ${Date.now()}` } };
  await table.evaluate(element => element.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Display Name' }).click();
  await fetch(`${collection('selectors')}/selector-${String(wanted - 1).padStart(5, '0')}`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify(patch),
  });
  began = Date.now();
  await page.getByText(patch.spec.displayName).waitFor();
  say('explorer, a change by others on screen', `${Date.now() - began} ms`);
  const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
  say('explorer, memory of the page', `${Math.round(heap / 1e6)} MB`);
}

/** Runs in the page: the times between frames. */
function watchFrames(duration) {
  return new Promise(resolve => {
    const gaps = [];
    let last = performance.now();
    const end = last + duration;
    const onFrame = now => {
      gaps.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(onFrame);
      else {
        gaps.sort((a, b) => a - b);
        resolve({ worst: Math.round(gaps.at(-1)), p95: Math.round(gaps[Math.floor(gaps.length * 0.95)]) });
      }
    };
    requestAnimationFrame(onFrame);
  });
}
