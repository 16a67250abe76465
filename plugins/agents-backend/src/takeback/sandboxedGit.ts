import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Isolation, Sandbox } from '../process';
import { installProgram, NODE_ARGUMENTS } from '../process/programs';
import type { TimedPlan } from '../process/takeBack';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
const MAX_OUTPUT = 1024 * 1024;

export interface SandboxedGitOptions {
  isolation: Isolation;
  uid?: number;
  workspace: string;
  gitObjects: string;
  stateDirectory: string;
  dataDirectory: string;
}

/**
 * Runs git in a workspace where an agent was: its configuration may start programs, so git runs where the agent ran, with
 * the agent's rights. What it prints is the agent's word and believed of nothing but this run.
 */
export async function sandboxedGit(
  options: SandboxedGitOptions,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { isolation, uid, workspace, gitObjects, stateDirectory, dataDirectory } = options;
  const inside = isolation.mechanism === 'bubblewrap' ? '/workspace' : workspace;
  const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'commit.gpgSign=false',
    `safe.directory=${inside}`,
  ];
  const sandbox = new Sandbox({
    isolation,
    trusted: isolation.mechanism !== 'bubblewrap', // the run itself was refused already if it was not
    command: ['git', '-C', inside, ...settings.flatMap(setting => ['-c', setting]), ...args],
    workspace: { path: workspace },
    gitObjects: [gitObjects],
    stateDirectory,
    dataDirectory,
    uid,
    env: { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0', ...env },
  });
  const plan: TimedPlan = { ...(await sandbox.prepare()), timeoutMs: TIMEOUT_MS };
  const file = join(stateDirectory, `git-${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(plan), { mode: 0o600 });
  try {
    const program = await installProgram('run-plan.ts', stateDirectory, 0o600);
    const { stdout } = await run(process.execPath, [...NODE_ARGUMENTS, program, file], {
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
      timeout: TIMEOUT_MS + 10_000,
      maxBuffer: MAX_OUTPUT,
    });
    return stdout.trim();
  } finally {
    await rm(file, { force: true });
  }
}
