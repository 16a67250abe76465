import { spawn } from 'node:child_process';
import { SandboxCommand } from './JobSandbox';

export type StepEnd = { end: 'exit'; exitCode: number } | { end: 'timeout' } | { end: 'aborted' };

/** How long output is awaited after the command ended, in milliseconds. */
const LATE_OUTPUT_MS = 2000;

/**
 * Runs one command of a job and hands its output on as it comes. Past the deadline, or when aborted, everything it started
 * is killed. Throws when it could not be started.
 */
export function runStep(
  { file, args, env, cwd }: SandboxCommand,
  options: { deadline: number; signal: AbortSignal; onOutput(chunk: Buffer): void },
): Promise<StepEnd> {
  return new Promise((resolve, reject) => {
    // A process group of its own: without bubblewrap it is what can be killed together.
    const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let stopped: 'timeout' | 'aborted' | undefined;
    const stop = (why: 'timeout' | 'aborted') => {
      stopped ??= why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => stop('timeout'), Math.max(0, options.deadline - Date.now()));
    const onAbort = () => stop('aborted');
    options.signal.addEventListener('abort', onAbort, { once: true });
    if (options.signal.aborted) onAbort();
    child.stdout.on('data', options.onOutput);
    child.stderr.on('data', options.onOutput);
    // The output may still be read after the exit; but a process that got away holds it open for ever.
    child.on('exit', (code, signal) => {
      killGroup(child.pid);
      const end = () => finish(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15));
      const patience = setTimeout(end, LATE_OUTPUT_MS);
      child.once('close', () => {
        clearTimeout(patience);
        end();
      });
    });
    child.on('error', error => {
      cleanUp();
      reject(error);
    });

    function finish(exitCode: number) {
      cleanUp();
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(stopped ? { end: stopped } : { end: 'exit', exitCode });
    }
    function cleanUp() {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
    }
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
