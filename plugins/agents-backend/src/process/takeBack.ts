import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { AgentProcessError } from './AgentProcessError';
import type { Isolation } from './Isolation';
import { installProgram, NODE_ARGUMENTS } from './programs';
import { Sandbox } from './Sandbox';
import type { SandboxPlan } from './SandboxSpec';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;

/** A plan that `bin/run-plan.ts` ends after a while. */
export type TimedPlan = SandboxPlan & { timeoutMs: number };

/** What is taken back from a run's workspace. */
export interface TakeBackOptions {
  isolation: Isolation;
  /** The run's user id, when it has one. */
  uid?: number;
  workspace: string;
  /** The central repository's `objects`, which the workspace borrows from; the quarantine borrows from them, too. */
  gitObjects: string;
  /** Where to make the quarantine, a bare repository; must not exist. */
  quarantine: string;
  /** What to fetch, such as `HEAD:refs/krate/result`. */
  refspecs: string[];
  stateDirectory: string;
  dataDirectory?: string;
}

/**
 * Takes commits out of a workspace without trusting it. The backend's git never opens the workspace, whose configuration
 * could run programs: a sandboxed `git upload-pack` reads it, and every object is checked before it is kept, in a
 * repository of its own. What is in the quarantine afterwards is well-formed, not good; it is inert until it is pushed on.
 *
 * @throws AgentProcessError TAKE_BACK_FAILED with git's words, when an object is refused or the repository is broken
 */
export async function takeBack(options: TakeBackOptions): Promise<void> {
  const { quarantine, gitObjects, refspecs } = options;
  await git(['init', '--quiet', '--bare', quarantine]);
  await fs.writeFile(path.join(quarantine, 'objects/info/alternates'), `${gitObjects}\n`);
  const planFile = await writePlan(options);
  const uploadPack = [
    process.execPath,
    ...NODE_ARGUMENTS,
    await installProgram('run-plan.ts', options.stateDirectory, 0o600),
    planFile,
  ]
    .map(quote)
    .join(' ');
  const safety = ['transfer.fsckObjects=true', 'protocol.allow=never', 'protocol.file.allow=always'].flatMap(
    setting => ['-c', setting],
  );
  try {
    // the URL is never opened by our git: the sandbox decides what is read
    await git([
      '-C',
      quarantine,
      ...safety,
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-recurse-submodules',
      `--upload-pack=${uploadPack}`,
      'file:///workspace',
      ...refspecs,
    ]);
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr ?? cause).trim();
    throw new AgentProcessError('TAKE_BACK_FAILED', `The work of the run cannot be taken back: ${said}`, {
      remedy: 'Look at the workspace; what git refused is named above',
      cause,
    });
  } finally {
    await fs.rm(planFile, { force: true });
  }
}

async function writePlan(options: TakeBackOptions): Promise<string> {
  const { isolation, uid, workspace, gitObjects, stateDirectory, dataDirectory } = options;
  const sandbox = new Sandbox({
    isolation,
    trusted: isolation.mechanism !== 'bubblewrap', // the run itself was refused already if it was not
    command: [
      'git',
      'upload-pack',
      '--strict',
      `${isolation.mechanism === 'bubblewrap' ? '/workspace' : workspace}/.git`,
    ],
    workspace: { path: workspace, access: 'read-only' },
    gitObjects: [gitObjects],
    stateDirectory,
    dataDirectory,
    uid,
  });
  const plan: TimedPlan = { ...(await sandbox.prepare()), timeoutMs: TIMEOUT_MS };
  const file = path.join(stateDirectory, 'take-back.json');
  await fs.writeFile(file, JSON.stringify(plan), { mode: 0o600 });
  return file;
}

function git(args: string[]) {
  return run('git', args, {
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      LANG: 'C.UTF-8',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
    },
    timeout: TIMEOUT_MS + 10_000,
    maxBuffer: 16 * 1024 ** 2,
  });
}

/** git hands `--upload-pack` to a shell; in single quotes nothing but the quote itself means anything there. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
