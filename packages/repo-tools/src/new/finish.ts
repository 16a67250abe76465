import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Scaffold, ScaffoldError } from './Scaffold';

const INSTALL = ['install', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/** Brings what derives from the sources in step: links and lock file, generated files, API reports. */
export function finish(root: string, { packages, edits }: Scaffold): void {
  const manifests = edits.some(({ path }) => path.endsWith('package.json'));
  if (packages || manifests) run(root, 'npm', INSTALL);
  run(root, process.execPath, [join(root, 'packages/repo-tools/bin/check.mjs'), '--fix', 'generated', 'API']);
}

function run(root: string, program: string, args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (error || status !== 0)
    throw new ScaffoldError(`${[program, ...args].join(' ')} failed; what was written stays`);
}
