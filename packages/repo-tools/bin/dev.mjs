/** `npm run dev`: front end and backend, each reloading on change; the sign-in link is printed as always. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const dataDirectory = resolve(root, process.env.KRATE_DATA_DIR ?? '.krate');
mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });

// The development server starts the backend in its own folder, so paths have to be absolute.
const child = spawn('backstage-cli', ['repo', 'start'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KRATE_ROOT: root, KRATE_DATA_DIR: dataDirectory },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
