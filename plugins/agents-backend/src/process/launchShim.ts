import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcessError } from './AgentProcessError';
import type { ShimSpec } from './journal';
import { installProgram, NODE_ARGUMENTS } from './programs';
import { readRunState } from './runState';
import type { SandboxPlan } from './SandboxSpec';
import { ShimConnection } from './ShimConnection';

/** `sun_path` holds 108 bytes, the last of which is zero. */
const MAX_SOCKET_PATH_BYTES = 107;
const LAUNCH_TIMEOUT_MS = 15_000;

/** What a launch needs. */
export interface AgentLaunch {
  runId: string;
  /** Holds the journal, the control socket and the run's identity; made with mode 0700. */
  runDirectory: string;
  /** From `Sandbox.prepare()`. */
  plan: SandboxPlan;
  /** Milliseconds since the epoch at which the agent is ended. */
  deadlineAt: number;
  /** Between SIGTERM and SIGKILL; default 5000. */
  graceMs?: number;
  /** Longest line of standard output that is kept; default 8 MiB. */
  maxLineBytes?: number;
  /** The whole journal; more ends the run with `output-limit`. Default 256 MiB. */
  maxJournalBytes?: number;
  /** Standard error that is kept; more is drained and counted. Default 1 MiB. */
  maxStderrBytes?: number;
}

/** Starts the shim in a session of its own and waits until it serves. The instruction goes through a pipe that then closes. */
export async function launchShim(launch: AgentLaunch): Promise<void> {
  const { runDirectory } = launch;
  const socketBytes = Buffer.byteLength(path.join(runDirectory, 'control.sock'));
  if (socketBytes > MAX_SOCKET_PATH_BYTES) {
    throw new AgentProcessError(
      'SOCKET_PATH_TOO_LONG',
      `The run directory ${runDirectory} is too deep for a Unix socket`,
      {
        field: 'runDirectory',
        remedy: `Use a directory whose path is at least ${socketBytes - MAX_SOCKET_PATH_BYTES} bytes shorter`,
      },
    );
  }
  await mkdir(runDirectory, { recursive: true, mode: 0o700 });
  const shim = spawn(
    process.execPath,
    [...NODE_ARGUMENTS, await installProgram('krate-agent-shim.ts', runDirectory, 0o600)],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
      cwd: '/',
    },
  );
  shim.unref();
  const gone = new Promise<string>(resolve => {
    shim.once('error', error => resolve(error.message));
    shim.once('exit', code => resolve(`the shim ended with code ${code}`));
  });
  shim.stdin.on('error', () => {}); // it ended before it read its instruction; `gone` says so
  shim.stdin.end(JSON.stringify(shimSpec(launch)));
  await whenServing(runDirectory, gone);
}

function shimSpec({ runId, runDirectory, plan, deadlineAt, ...limits }: AgentLaunch): ShimSpec {
  const { file, args, env, cwd, inputs, statusFd, containment, uid } = plan;
  return {
    runId,
    runDirectory,
    // the marker by which processes are found that no namespace holds together
    command: {
      file,
      args,
      env: containment === 'pid-namespace' ? env : { ...env, KRATE_RUN_ID: runId },
      cwd,
      inputs,
      statusFd,
    },
    containment,
    uid,
    deadlineAt,
    graceMs: limits.graceMs ?? 5000,
    maxLineBytes: limits.maxLineBytes ?? 8 * 1024 ** 2,
    maxJournalBytes: limits.maxJournalBytes ?? 256 * 1024 ** 2,
    maxStderrBytes: limits.maxStderrBytes ?? 1024 ** 2,
  };
}

async function whenServing(runDirectory: string, gone: Promise<string>) {
  const socket = path.join(runDirectory, 'control.sock');
  let ended: string | undefined;
  void gone.then(why => {
    ended = why;
  });
  for (const until = Date.now() + LAUNCH_TIMEOUT_MS; Date.now() < until; await sleep(10)) {
    const connection = await ShimConnection.open(socket);
    connection?.close();
    if (connection) return;
    if (ended === undefined) continue;
    // A launch that failed at once has its exit record; a second launcher lost the race for run.json and attaches.
    if ((await readRunState(runDirectory)).phase !== 'absent') return;
    throw new AgentProcessError('LAUNCH_FAILED', `The shim of the run did not start: ${ended}`, {
      remedy: 'Check that the run directory is writable and the disk is not full',
    });
  }
  throw new AgentProcessError('LAUNCH_FAILED', 'The shim of the run did not answer in time', {
    remedy: 'Look at the load of this machine and try again',
  });
}
