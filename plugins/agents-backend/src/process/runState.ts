import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { ExitEvent, RunRecord } from './journal';
import { bootId, processStartTime } from './procfs';
import { JOURNAL_FILE, readLastRecord } from './readJournal';

/**
 * What is true of a run. `lost`: the shim ended without an exit record (killed, or the machine went down), which
 * ended the agent as well.
 */
export type AgentProcessState =
  | { phase: 'absent' }
  | { phase: 'running'; run: RunRecord }
  | { phase: 'exited'; run: RunRecord; exit: ExitEvent }
  | { phase: 'lost'; run: RunRecord };

/** Reads a run directory. The exit record is looked for after the shim's life, so that a run ending now is not called lost. */
export async function readRunState(runDirectory: string): Promise<AgentProcessState> {
  const run = await readRunRecord(runDirectory);
  if (!run) return { phase: 'absent' };
  const alive = await isShimAlive(run);
  const last = await readLastRecord(path.join(runDirectory, JOURNAL_FILE));
  if (last?.d === 'shim' && last.e.event === 'exit') return { phase: 'exited', run, exit: last.e };
  return { phase: alive ? 'running' : 'lost', run };
}

/** The identity of a run's shim; undefined when nothing was ever started there. */
export async function readRunRecord(runDirectory: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await fs.readFile(path.join(runDirectory, 'run.json'), 'utf8')) as RunRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The same pid, started at the same tick of the same boot, is the same process. */
export async function isShimAlive({ shim }: RunRecord): Promise<boolean> {
  return shim.bootId === (await bootId()) && shim.startTime === (await processStartTime(shim.pid));
}
