/**
 * `npm start`: the portal and its backend in production mode, as one process that replaces this one.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFrontEnd } from './frontEnd.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const say = line => process.stdout.write(`krate: ${line}\n`);

const dataDirectory = resolve(root, process.env.KRATE_DATA_DIR ?? '.krate');
mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });

try {
  buildFrontEnd(root, say);
} catch (error) {
  process.stderr.write(`krate: ${error.message}\n`);
  process.exit(1);
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
];
const environment = {
  ...process.env,
  NODE_ENV: 'production',
  KRATE_DATA_DIR: dataDirectory,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
};

if (process.execve && process.platform !== 'win32') {
  process.execve(process.execPath, [process.execPath, ...args], environment);
} else {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}
