import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcessError } from './AgentProcessError';
import type { RunRecord } from './journal';
import { bootId, listProcesses, processStartTime } from './procfs';
import { JOURNAL_FILE, readJournal } from './readJournal';
import { isShimAlive, readRunRecord } from './runState';

/** Longer than any grace worth granting; the shim itself kills after its own. */
const SHIM_WAIT_MS = 60_000;
const PROOF_WAIT_MS = 10_000;

/** Waits for the shim to end, ends what a lost shim left, and proves that nothing of the run is alive. */
export async function destroyRun(runDirectory: string): Promise<void> {
  const run = await readRunRecord(runDirectory);
  if (!run) return;
  if (run.shim.bootId !== (await bootId())) return; // no process survives a boot
  const init = await findInit(runDirectory, run);
  for (const until = Date.now() + SHIM_WAIT_MS; (await isShimAlive(run)) && Date.now() < until;)
    await sleep(20);
  if (await isShimAlive(run)) kill(run.shim.pid); // it hangs; its sandbox dies with it
  let left: number[] = [];
  for (const until = Date.now() + PROOF_WAIT_MS; Date.now() < until; await sleep(20)) {
    left = await livingProcesses(run, init);
    if (left.length === 0 && !(await isShimAlive(run))) return;
    left.forEach(kill);
  }
  throw new AgentProcessError(
    'PROCESSES_LEFT',
    `Processes of the run are still alive: ${left.join(', ') || run.shim.pid}`,
    {
      remedy: 'End them by hand, then delete the run again',
    },
  );
}

/** The sandbox's init as the shim noted it; only the first records matter. */
async function findInit(runDirectory: string, run: RunRecord): Promise<SandboxInit | undefined> {
  if (run.containment !== 'pid-namespace') return undefined;
  for await (const record of readJournal(path.join(runDirectory, JOURNAL_FILE))) {
    if (record.d === 'shim' && record.e.event === 'contained')
      return { pid: record.e.initPid, startTime: record.e.initStartTime };
    if (record.n > 100) break;
  }
  return undefined;
}

interface SandboxInit {
  pid: number;
  startTime: string | null;
}

/**
 * Alive and of this run: its sandbox's init, what has the user id that is its alone, or what carries its marker. A
 * process without isolation may scrub its marker and is then beyond proof, as the isolation statement says.
 */
async function livingProcesses(run: RunRecord, init: SandboxInit | undefined): Promise<number[]> {
  const found = (await listProcesses()).filter(
    info => (run.uid !== undefined && info.uid === run.uid) || info.runId === run.runId,
  );
  const pids = found.map(({ pid }) => pid);
  if (init?.startTime && (await processStartTime(init.pid)) === init.startTime) pids.push(init.pid);
  return pids;
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
