/**
 * Makes a fresh clone ready to run: installs the locked dependencies when they changed, and says what is missing.
 * Runs before anything is installed, on whatever Node the machine has, so it may use nothing but Node itself.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const stamp = join(root, 'node_modules/.krate-installed');

/** Changes whenever the locked dependencies or the machine's platform do. */
function lockDigest() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

function fail(message) {
  process.stderr.write(`krate: ${message}\n`);
  process.exit(1);
}

try {
  execFileSync('git', ['--version'], { stdio: 'ignore' });
} catch {
  fail('git is not installed; Krate hosts repositories with it.');
}

const pinned = process.platform === 'linux' && process.arch === 'x64';
const major = Number(process.versions.node.split('.')[0]);
if (!pinned && major !== 22 && major !== 24) {
  fail(`Node ${process.versions.node} cannot run Backstage. Install Node 24 (or 22) and try again.`);
}

const digest = lockDigest();
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
if (!installed) {
  process.stdout.write('krate: installing dependencies (about three minutes the first time) …\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-progress', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0) fail('npm ci failed; its messages are above.');
  writeFileSync(stamp, digest);
  process.stdout.write('krate: dependencies are installed\n');
}
