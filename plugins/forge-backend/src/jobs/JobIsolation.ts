import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Observer } from '@krate/controller-runtime';
import { JobSandbox } from './JobSandbox';

/** Whether this machine keeps the code of a job apart from everything else. */
export interface JobIsolation {
  enforced: boolean;
  /** What holds, or why nothing does; shown on the job. */
  reason: string;
}

const ENFORCED = 'Own files, processes and no network; memory and CPU share are not limited';

/** Finds out by starting a sandbox as jobs are started: file modes and kernel switches do not tell. */
export async function probeJobIsolation(): Promise<JobIsolation> {
  if (process.platform !== 'linux') return { enforced: false, reason: 'Jobs are isolated on Linux only' };
  const directory = await mkdtemp(join(tmpdir(), 'krate-job-probe-'));
  try {
    const places = { workspace: join(directory, 'workspace'), home: join(directory, 'home') };
    await Promise.all(Object.values(places).map(place => mkdir(place)));
    const sandbox = new JobSandbox({ isolated: true, uid: JobSandbox.probeUid(), ...places });
    await sandbox.prepare(directory);
    const failure = await attempt(sandbox.command('true', {}));
    return failure === undefined ? { enforced: true, reason: ENFORCED } : without(failure);
  } catch (error) {
    return without(error instanceof Error ? error.message : String(error));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function without(failure: string): JobIsolation {
  return {
    enforced: false,
    reason: `bubblewrap does not start here (${failure}): install bubblewrap and util-linux; \`krate doctor\` says more`,
  };
}

/** Lets reconcilers read what was found. */
export function jobIsolationObserver(isolation: Promise<JobIsolation>): Observer<any, JobIsolation> {
  return { name: 'job-isolation', observe: () => isolation };
}

/** Undefined when it succeeded, else what it said. */
function attempt({ file, args, env, cwd }: ReturnType<JobSandbox['command']>): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn(file, args, {
      env,
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 10_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr!.on('data', chunk => {
      said = `${said}${chunk}`.slice(0, 500);
    });
    child.on('error', error => resolve(error.message));
    child.on('close', code => resolve(code === 0 ? undefined : said.trim() || `exit code ${code}`));
  });
}
