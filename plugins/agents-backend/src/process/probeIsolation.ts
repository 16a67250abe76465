import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { BUBBLEWRAP_ISOLATION, NO_ISOLATION, UID_ISOLATION, type Isolation } from './Isolation';
import { isRoot, RUN_UIDS } from './privileges';
import { Sandbox } from './Sandbox';
import type { SandboxPlan } from './SandboxSpec';

const PROBE_TIMEOUT_MS = 10_000;
const INSTALL =
  'apt-get install bubblewrap util-linux (Debian, Ubuntu) or dnf install bubblewrap util-linux (Fedora)';

/** What bubblewrap says, what it means, and what to do. The first that matches wins. */
const DIAGNOSES: { pattern: RegExp; reason: string; remedy: string }[] = [
  {
    pattern:
      /ENOENT|not found|No such file or directory.*(bwrap|prlimit|setpriv)|failed to execute|execute .*bwrap/i,
    reason: 'bubblewrap, prlimit or setpriv is not installed',
    remedy: INSTALL,
  },
  {
    pattern: /unknown option/i,
    reason: 'this bubblewrap is too old',
    remedy: 'Install bubblewrap 0.8 or newer',
  },
  {
    pattern:
      /user namespace|new namespace|uid map|gid map|clone|unshare|NETLINK|loopback|Operation not permitted|Permission denied/i,
    reason: 'this machine does not let ordinary users make namespaces',
    remedy:
      'Allow unprivileged user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 (older Debian), sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 or an AppArmor profile for bwrap (Ubuntu 24.04); in a container also --security-opt seccomp=unconfined --security-opt systempaths=unconfined',
  },
];

/**
 * Finds out what this machine can enforce by really starting a sandbox the way runs are started. File modes and kernel
 * switches are not asked: only a start tells.
 */
export async function probeIsolation(): Promise<Isolation> {
  if (process.platform !== 'linux')
    return withoutBubblewrap('isolation exists on Linux only', 'Run the backend on Linux');
  const directory = await mkdtemp(path.join(tmpdir(), 'krate-probe-'));
  try {
    const failure = await tryPlan(await probePlan(directory));
    if (failure === undefined) return BUBBLEWRAP_ISOLATION;
    return diagnose(failure);
  } catch (error) {
    return diagnose(String(error));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Exported for its table test: turns what a failed start said into words for people. */
export function diagnose(failure: string): Isolation {
  const found = DIAGNOSES.find(({ pattern }) => pattern.test(failure));
  const said = failure.trim().split('\n').pop()!;
  return withoutBubblewrap(
    `${found?.reason ?? 'bubblewrap does not start here'} (${said})`,
    found?.remedy ?? INSTALL,
  );
}

function withoutBubblewrap(reason: string, remedy: string): Isolation {
  return { ...(isRoot() ? UID_ISOLATION : NO_ISOLATION), reason, remedy };
}

async function probePlan(directory: string): Promise<SandboxPlan> {
  const uid = isRoot() ? RUN_UIDS.first + RUN_UIDS.size - 1 : undefined;
  const sandbox = new Sandbox({
    isolation: BUBBLEWRAP_ISOLATION,
    trusted: false,
    command: ['true'],
    workspace: { path: directory },
    stateDirectory: directory,
    uid,
  });
  return sandbox.prepare();
}

/** Resolves to undefined when the command succeeded, else to what it said. */
function tryPlan(plan: SandboxPlan): Promise<string | undefined> {
  const highest = Math.max(2, plan.statusFd ?? 0, ...plan.inputs.map(input => input.fd));
  return new Promise(resolve => {
    const child = spawn(plan.file, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      stdio: Array.from({ length: highest + 1 }, () => 'pipe' as const),
      timeout: PROBE_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.on('error', error => resolve(error.message));
    child.stderr!.on('data', chunk => {
      said += chunk;
    });
    for (const input of plan.inputs) {
      const stream = child.stdio[input.fd] as Writable | null;
      stream?.on('error', () => {}); // an early exit; what it said is the answer
      stream?.end(Buffer.from(input.base64, 'base64'));
    }
    child.on('close', code => resolve(code === 0 ? undefined : said || `exit code ${code}`));
  });
}
