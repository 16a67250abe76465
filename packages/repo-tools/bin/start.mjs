/**
 * `npm start`: the portal and its backend in production mode, as one process that replaces this one.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './findProgram.mjs';
import { buildFrontEnd } from './frontEnd.mjs';
import { inReachableCheckout } from './inReachableCheckout.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const say = line => process.stdout.write(`krate: ${line}\n`);

const isolates = process.platform !== 'linux' || findProgram(['bwrap']) !== undefined;
// Without a sandbox, what an agent may read it reads at its own path.
const elsewhere = isolates ? undefined : inReachableCheckout(root, 'packages/repo-tools/bin/start.mjs', []);
if (elsewhere) become(elsewhere.file, elsewhere.args, elsewhere.env);
else start();

function start() {
  const dataDirectory = resolve(root, process.env.KRATE_DATA_DIR ?? '.krate');
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });

  try {
    buildFrontEnd(root, say);
  } catch (error) {
    process.stderr.write(`krate: ${error.message}\n`);
    process.exit(1);
  }

  if (!isolates) {
    say('bubblewrap is not installed: trusted agents run without isolation, untrusted work is refused');
    say('get it with `apt-get install bubblewrap` (Debian, Ubuntu) or `dnf install bubblewrap` (Fedora)');
  }
  say(`starting; data is in ${dataDirectory}`);
  process.chdir(root);

  const args = [
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=DEP0040',
    '--require',
    join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
    'packages/backend/src/index.ts',
    '--config',
    'app-config.yaml',
    '--config',
    'app-config.production.yaml',
    ...(process.env.KRATE_DATABASE_URL ? ['--config', 'app-config.postgres.yaml'] : []),
    // Further `--config <file>`s of the caller win over all of them.
    ...process.argv.slice(2),
  ];
  become(process.execPath, args, {
    ...process.env,
    NODE_ENV: 'production',
    KRATE_DATA_DIR: dataDirectory,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  });
}

/** This process goes on as that program; where a process cannot, it stays as its parent. */
function become(file, programArguments, env) {
  if (process.execve) process.execve(file, [file, ...programArguments], env);
  const child = spawn(file, programArguments, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}
