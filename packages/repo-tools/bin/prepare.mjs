/**
 * Makes a fresh clone ready to run: installs the locked dependencies when they changed, and says what is missing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Changes whenever the locked dependencies or the machine's platform do. */
function lockDigest(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

const stampOf = root => join(root, 'node_modules/.krate-installed');

/** Whether what is installed is what the lock file names. */
export function isInstalled(root) {
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest(root);
}

/** Remembers that it is. */
export function noteInstalled(root) {
  writeFileSync(stampOf(root), lockDigest(root));
}

function fail(message) {
  process.stderr.write(`krate: ${message}\n`);
  process.exit(1);
}

/** Installs the locked dependencies when they changed; ends the process with a reason when something is missing. */
export function prepare(root) {
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

  if (isInstalled(root)) return;

  process.stdout.write('krate: installing dependencies (about three minutes the first time) …\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-progress', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  const result = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
  if (result.status !== 0) fail('npm ci failed; its messages are above.');
  noteInstalled(root);
  process.stdout.write('krate: dependencies are installed\n');
}
