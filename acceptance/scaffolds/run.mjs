/**
 * Makes one of everything `npm run new` knows, in a copy of this checkout, and holds it unedited to what the repository
 * holds itself to: types, lint, format, imports, generated files, and its own generated tests. An area that is removed again
 * leaves nothing behind.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyCheckout } from '../shared/copyCheckout.mjs';

const SCAFFOLDS = [
  ['area', 'greetings', 'Greeting'],
  ['kind', 'greetings', 'PolitePhrase'],
  ['reconciler', 'greetings', 'PolitePhrase'],
  ['tab', 'greetings', 'PolitePhrase'],
  ['admission-rule', 'greetings', 'short-names', 'PolitePhrase'],
  ['kind', 'memory', 'BuildCache'],
  ['reconciler', 'memory', 'BuildCache'],
];
const TOUCHED = ['greetings', 'greetings-common', 'greetings-backend', 'memory-common', 'memory-backend'];

const place = copyCheckout();
process.on('exit', () => rmSync(place.root, { recursive: true, force: true }));

function run(what, command, { expect = 0, cwd = place.root } = {}) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: '1', PATH: `${join(place.root, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  const well = status === expect;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${well ? 'well  ' : 'FAILED'} ${what}  (${seconds} s)\n`);
  if (!well) {
    process.stderr.write(`${stdout}\n${stderr}\n`);
    process.exit(1);
  }
  return `${stdout}${stderr}`;
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

const make = (words, options) =>
  run(`new ${words.join(' ')}`, ['node', 'packages/repo-tools/bin/new.mjs', ...words, '--quick'], options);

const treeOf = () => {
  run('what is there', ['git', 'add', '--all']);
  return run('what is there', ['git', 'write-tree']);
};

// What is made and removed again leaves nothing behind; what others need is refused.
const before = treeOf();
make(['area', 'farewells', 'Farewell']);
make(['remove', 'area', 'farewells']);
if (treeOf() !== before) fail(run('what differs', ['git', 'diff', '--stat', before.trim()]));
make(['remove', 'area', 'farewells'], { expect: 1 });
if (!make(['remove', 'area', 'forge'], { expect: 1 }).includes('others need forge'))
  fail('forge was not held');

for (const words of SCAFFOLDS) {
  make(words);
  place.link();
}
for (const words of SCAFFOLDS) make(words, { expect: 1 });

const include = TOUCHED.map(name => `plugins/${name}/src`);
// Without declarations: types that only a linked node_modules names cannot be written down from here.
writeFileSync(
  join(place.root, 'tsconfig.scaffolds.json'),
  JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: { incremental: false, declaration: false, emitDeclarationOnly: false },
    include,
  }),
);
run('types', ['tsc', '-p', 'tsconfig.scaffolds.json']);
rmSync(join(place.root, 'tsconfig.scaffolds.json'));

run('generated files', ['node', 'packages/repo-tools/bin/generate.mjs']);
run('format', [
  'prettier',
  '--check',
  '--log-level=warn',
  'docs/architecture',
  'packages/backend',
  ...include,
]);
for (const name of TOUCHED)
  run(`lint of ${name}`, ['backstage-cli', 'package', 'lint', '--max-warnings=0'], {
    cwd: join(place.root, 'plugins', name),
  });

// The lock file is for `npm install` to bring in step, which needs a registry.
const problems = run('imports and manifests', ['node', 'packages/repo-tools/bin/check.mjs', 'imports'], {
  expect: 1,
})
  .split('\n')
  .filter(line => /^(packages|plugins)\//.test(line));
if (problems.length > 0) fail(problems.join('\n'));

const tests = TOUCHED.map(name => `plugins/${name}`).filter(path => existsSync(join(place.root, path)));
run('their tests', ['backstage-cli', 'repo', 'test', '--watchAll=false', '--maxWorkers=2', ...tests]);
