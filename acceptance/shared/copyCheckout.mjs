import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The files of this checkout in a folder of their own, with what is installed here linked in. `link` is called again when
 * packages have come.
 */
export function copyCheckout() {
  const root = mkdtempSync(join(tmpdir(), 'krate-checkout-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of listed.split('\0').filter(name => name && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(root, file));
  }
  execFileSync('git', ['init', '--quiet'], { cwd: root });

  const modules = join(root, 'node_modules');
  const own = new Set(packagesIn(root).map(({ name }) => name));
  linkEntries(ROOT, root, name => name !== '@krate' && !own.has(name));
  mkdirSync(join(modules, '@krate'), { recursive: true });
  const link = () => {
    for (const { name, folder } of packagesIn(root))
      if (!existsSync(join(modules, name))) symlinkSync(join(root, folder), join(modules, name));
  };
  for (const { folder } of packagesIn(root)) linkEntries(join(ROOT, folder), join(root, folder));
  link();
  return { root, link };
}

/** What the bundler leaves in node_modules tells of the checkout it ran in. */
const BUNDLED = /^__backstage-/;

/** A node_modules folder of its own, since tools write into it, with links to what is installed in the other one. */
function linkEntries(from, to, isWanted = () => true) {
  if (!existsSync(join(from, 'node_modules'))) return;
  mkdirSync(join(to, 'node_modules'));
  const installed = readdirSync(join(from, 'node_modules')).filter(name => !BUNDLED.test(name));
  for (const name of installed.filter(isWanted))
    symlinkSync(join(from, 'node_modules', name), join(to, 'node_modules', name));
}

function packagesIn(root) {
  return ['packages', 'plugins'].flatMap(group =>
    readdirSync(join(root, group))
      .map(name => join(group, name))
      .filter(folder => existsSync(join(root, folder, 'package.json')))
      .map(folder => ({
        folder,
        name: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).name,
      })),
  );
}
