/** Builds the front end when its sources changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FRONT_END_ROLES = new Set([
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
]);

/** Every file the bundle is made from, in a stable order. */
function* sourceFiles(root) {
  yield join(root, 'package-lock.json');
  for (const group of ['packages', 'plugins']) {
    for (const name of readdirSync(join(root, group)).sort()) {
      const directory = join(root, group, name);
      const manifest = join(directory, 'package.json');
      if (!existsSync(manifest)) continue;
      if (!FRONT_END_ROLES.has(JSON.parse(readFileSync(manifest, 'utf8')).backstage?.role)) continue;
      yield manifest;
      for (const folder of ['src', 'public']) yield* filesBelow(join(directory, folder));
    }
  }
}

function* filesBelow(directory) {
  if (!existsSync(directory)) return;
  for (const entry of readdirSync(directory).sort()) {
    const path = join(directory, entry);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (!/\.test\.tsx?$/.test(entry)) yield path;
  }
}

function sourceDigest(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root))
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** Builds `packages/app/dist` unless it already stands for these sources. `say` gets one line when it has to build. */
export function buildFrontEnd(root, say) {
  const stamp = join(root, 'packages/app/dist/.krate-built');
  const digest = sourceDigest(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;

  say('building the front end (about a minute) …');
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const result = spawnSync(process.execPath, [cli, 'package', 'build'], {
    cwd: join(root, 'packages/app'),
    encoding: 'utf8',
    // The address is put in when the backend serves it; the build only needs the configuration to be complete.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}\n${result.stderr}\n`);
    throw new Error('the front end does not build; its messages are above');
  }
  writeFileSync(stamp, digest);
}
