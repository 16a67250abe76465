/** `npm run check`: what can be said about the repository without running it. Every step runs, so that one sight shows all. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root, runTypeScript } from './runTypeScript.mjs';

const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

function run(program, ...args) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH },
  });
  if (error) process.stderr.write(`${error.message}\n`);
  return status ?? 1;
}

const steps = [
  ['types', () => run('tsc', '-p', '.')],
  ['lint', () => run('backstage-cli', 'repo', 'lint')],
  ['generated files', () => runTypeScript('packages/repo-tools/src/generate/main.ts', ['--check'])],
  ['imports and lock file', () => runTypeScript('packages/repo-tools/src/check.ts')],
];

const failed = steps.filter(([name, step]) => {
  process.stdout.write(`── ${name}\n`);
  return step() !== 0;
});
process.stdout.write(
  failed.length > 0 ? `\nfailed: ${failed.map(([name]) => name).join(', ')}\n` : '\nall well\n',
);
process.exitCode = failed.length > 0 ? 1 : 0;
