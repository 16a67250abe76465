import { setTimeout as pause } from 'node:timers/promises';
import { checkHistory } from '../checker/checkHistory';
import { Workload } from '../workload/Workload';
import { errandsDone, runErrands } from './errands';
import { Ground } from './Ground';
import { Ending } from './Story';

const LEASE_SECONDS = 1;

/**
 * The server that acts is frozen for longer than its lease, with effects under way, and thawed when the other has taken over. Returns
 * also how often each effect was performed.
 */
export async function frozenHolder({
  seed,
  database,
}: {
  seed: number;
  database: string;
}): Promise<Ending & { performed: number[] }> {
  const ground = await Ground.prepare(database);
  try {
    const settings = { leaseSeconds: LEASE_SECONDS };
    const [holder, other] = [await ground.server(settings), await ground.server(settings)];
    await holder.start();
    await other.start();
    // Clients ask the other one alone, or they would wait for the frozen one.
    const workload = new Workload({ subjects: [other.subject], seed });
    await runErrands(other, 'before', 8);
    await pause(seed % 200);
    holder.freeze();
    await runErrands(other, 'during', 8);
    await pause(LEASE_SECONDS * 1000 + 1500);
    await errandsDone(other, 16);
    holder.thaw();
    await runErrands(other, 'after', 8);
    await errandsDone(other, 24);
    const history = await workload.finish();
    return {
      violations: checkHistory(history),
      acknowledged: workload.recorder.acknowledged,
      performed: await ground.timesPerformed(),
    };
  } finally {
    await ground.clear();
  }
}
