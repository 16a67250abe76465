/**
 * What docs/guides/extend-krate.md says, done: the packages of examples/extension are built and tested in a folder outside
 * every checkout against packed packages of Krate, then installed into a Krate that names them in its configuration. An
 * object of their kind is applied with kubectl and comes true; with a browser at hand its tab is looked at.
 *
 * KRATE_TARBALLS names a folder where Krate's packages are packed already. Installing is unpacking tarballs beside links to what is installed here, so that it needs no registry.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Machine, until } from '../main-job/Machine.mjs';
import { Person } from '../main-job/Person.mjs';
import { copyCheckout } from '../shared/copyCheckout.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const NEEDED = [
  'resource-model',
  'controller-runtime',
  'control-plane-common',
  'control-plane-node',
  'control-plane-react',
];
const PLUGINS = ['greetings-common', 'greetings-backend', 'greetings'];

const outside = mkdtempSync(join(tmpdir(), 'acme-'));
const place = copyCheckout();
const machine = new Machine(place.root);
const started = Date.now();
const step = what => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${what}`);

function run(cwd, program, ...args) {
  const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  try {
    execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, PATH, CI: '1' },
    });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')} in ${cwd}\n${error.stdout}${error.stderr}`);
  }
}

/** Unpacks a package as npm would. */
function unpack(tarball, modules, name) {
  const folder = join(modules, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(modules, 'tar', '-xzf', tarball, '-C', folder, '--strip-components=1');
}

/** An extension is built where nothing but packed packages of Krate can be seen. */
function buildOutside() {
  const tarballs = process.env.KRATE_TARBALLS ?? join(outside, 'tarballs');
  step('the packages of Krate are packed');
  if (!process.env.KRATE_TARBALLS)
    run(ROOT, 'node', join(ROOT, 'packages/repo-tools/bin/pack.mjs'), tarballs, ...NEEDED);

  step('the extension is built and tested against them');
  const folder = join(outside, 'extension');
  cpSync(join(ROOT, 'examples/extension'), folder, { recursive: true });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@acme'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter(each => each !== '@krate'))
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  for (const file of readdirSync(tarballs))
    unpack(join(tarballs, file), modules, file.replace(/^krate-(.*)-\d+\.\d+\.\d+\.tgz$/, '@krate/$1'));
  for (const name of PLUGINS)
    symlinkSync(join(folder, 'plugins', name), join(modules, `@acme/plugin-${name}`));
  run(folder, 'tsc', '-p', '.');
  for (const name of PLUGINS) {
    run(join(folder, 'plugins', name), 'npm', 'run', 'build');
    run(join(folder, 'plugins', name), 'npm', 'run', 'test');
    run(join(folder, 'plugins', name), 'npm', 'run', 'tarball');
  }
  return folder;
}

/** Of a scope that is linked as a whole, some packages as copies. */
function ownCopies(scope, names) {
  const installed = join(ROOT, 'node_modules', scope);
  const folder = join(place.root, 'node_modules', scope);
  rmSync(folder);
  mkdirSync(folder);
  for (const name of readdirSync(installed)) {
    if (names.includes(name)) cpSync(join(installed, name), join(folder, name), { recursive: true });
    else symlinkSync(join(installed, name), join(folder, name));
  }
}

/** A Krate of its own, in which the three packages are installed. */
function install(folder) {
  step('it is installed into a Krate');
  for (const name of PLUGINS)
    unpack(
      join(folder, `acme-plugin-${name}-0.1.0.tgz`),
      join(place.root, 'node_modules'),
      `@acme/plugin-${name}`,
    );
  // Backstage looks for the portal's bundle from where these two really are.
  ownCopies('@backstage', ['plugin-app-backend', 'backend-plugin-api']);
  const app = join(place.root, 'packages/app/package.json');
  const manifest = JSON.parse(readFileSync(app, 'utf8'));
  manifest.dependencies['@acme/plugin-greetings'] = '0.1.0';
  writeFileSync(app, JSON.stringify(manifest, null, 2));
}

/** Opens the page of the greeting and looks at the tab; says so where there is no browser. */
async function lookAtTab(url, link) {
  const executablePath = process.env.KRATE_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return step('no browser here: the tab is not looked at');
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 60_000 });
    await page.goto(`${url}/orgs/acme/explorer/greetings/ada`);
    await page.getByRole('link', { name: 'Card' }).click({ timeout: 60_000 });
    await page.getByText('Good morning, Ada!').waitFor({ timeout: 60_000 });
    if (process.env.KRATE_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.KRATE_SCREENSHOTS, 'extension-tab.png') });
    return step('its tab shows the card in the browser');
  } finally {
    await browser.close();
  }
}

async function useIt(folder) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDirectory = join(machine.home, 'data');
  await machine.startKrate({
    command: [
      process.execPath,
      join(place.root, 'packages/repo-tools/bin/start.mjs'),
      '--config',
      join(folder, 'app-config.greetings.yaml'),
    ],
    port,
    apiPort: await freePort(),
    dataDirectory,
  });
  const [link] = machine.output.match(/http\S+#sign-in=\S+/);
  const ada = new Person(machine, 'ada', { root: ROOT, url });
  await ada.signIn(link);
  step('it runs');

  await ada.apply({
    apiVersion: 'krate.a5c.ai/v1alpha1',
    kind: 'Organization',
    metadata: { name: 'acme', namespace: 'krate-system' },
    spec: { displayName: 'Acme' },
  });
  await until('the organization', async () => {
    const { status } = await ada.get('organization', 'acme', 'krate-system');
    return status?.phase === 'Ready';
  });
  await ada.kubectl('apply', '-f', join(folder, 'manifests/greeting.yaml'));
  const greeting = await until('the greeting to come true', async () => {
    const object = await ada.get('greeting', 'ada', 'krate-org-acme');
    return (
      object.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') && object
    );
  });
  assert.equal(greeting.status.card, 'Good morning, Ada!');
  assert.match(await ada.kubectl('explain', 'greetings'), /A card with words for somebody/);
  assert.equal(readdirSync(join(dataDirectory, 'greetings')).length, 1, 'one card for one greeting');
  step('kubectl applied a greeting, and its card is written');

  await lookAtTab(url, (await ada.krate('sign-in-link', 'admin')).match(/http\S+#sign-in=\S+/)[0]);
}

try {
  const folder = buildOutside();
  install(folder);
  await useIt(folder);
  console.log('\n1 passed, 0 failed');
} finally {
  await machine.close();
  rmSync(place.root, { recursive: true, force: true });
  rmSync(outside, { recursive: true, force: true });
}
