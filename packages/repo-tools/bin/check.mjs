/**
 * `npm run check`: what can be said about the repository without running it. Every step runs, so that one sight shows all;
 * `-- --fix` writes what can be written (format, lint fixes, generated files, API reports), `-- <words>` picks steps by name.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, typeScriptCommand } from './runTypeScript.mjs';

const fix = process.argv.includes('--fix');
const words = process.argv.slice(2).filter(argument => argument !== '--fix');
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });

const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
const src = 'packages/repo-tools/src';
const whenFixing = (...args) => (fix ? args : []);

/** The slow ones first; `after` names a step whose output another one reads. */
const steps = [
  {
    name: 'types',
    command: ['tsc', '-p', '.', '--noEmit', 'false', '--tsBuildInfoFile', 'dist-types/.tsbuildinfo'],
  },
  {
    name: 'lint',
    command: ['backstage-cli', 'repo', 'lint', ...whenFixing('--fix')],
  },
  {
    name: 'format',
    command: [
      'prettier',
      fix ? '--write' : '--check',
      '--log-level=warn',
      '--cache',
      '--cache-location',
      join(cache, 'prettier'),
      '.',
    ],
  },
  {
    name: 'generated files',
    command: typeScriptCommand(`${src}/generate/main.ts`, fix ? [] : ['--check']),
  },
  {
    name: 'imports, manifests, lock file',
    command: typeScriptCommand(`${src}/check.ts`),
  },
  {
    name: 'dead code and circles',
    command: ['knip', '--config', 'knip.mjs', '--no-progress', '--no-config-hints'],
  },
  {
    name: 'API reports',
    after: 'types',
    command: typeScriptCommand(`${src}/reports/main.ts`, whenFixing('--write')),
  },
];

/** Runs a command and holds its output back until it ends, since several run at once. */
function run([program, ...args]) {
  return new Promise(resolve => {
    const output = [];
    const child = spawn(program, args, { cwd: root, env });
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.on('error', error => resolve({ code: 1, output: `${error.message}\n` }));
    child.on('close', code => resolve({ code: code ?? 1, output: Buffer.concat(output).toString() }));
  });
}

async function take(step) {
  const started = Date.now();
  const { code, output } = await run(step.command);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'well  ' : 'FAILED'} ${step.name}  (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output}\n`);
  return code === 0;
}

const chosen = steps.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)));
const waiting = steps.filter(
  step => chosen.includes(step) || chosen.some(({ after }) => after === step.name),
);
const taken = new Map();

/** One of the lanes: takes the next step, after the one whose output it reads, until none is left. */
async function lane() {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const before = taken.get(step.after);
    const current = step;
    taken.set(
      step.name,
      Promise.resolve(before).then(() => take(current)),
    );
    await taken.get(step.name);
  }
}

const started = Date.now();
await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, lane));
const failed = [];
for (const [name, well] of taken) if (!(await well)) failed.push(name);
const summary = failed.length > 0 ? `failed: ${failed.join(', ')}` : 'all well';
process.stdout.write(`\n${summary}  (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
