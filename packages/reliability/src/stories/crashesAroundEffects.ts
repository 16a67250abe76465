import { errandsDone, runErrands } from './errands';
import { Ground } from './Ground';
import { Circumstances } from './Story';

const ERRANDS = 16;
/** How long the moment may take to come. */
const CRASH_MS = 30_000;

/**
 * A server crashes between two steps of an effect, is started again, and crashes between the next two, until every errand is done.
 * Returns how often each was run in the outside world.
 */
export async function crashesAroundEffects(
  channels: readonly string[],
  { seed, database }: Circumstances,
): Promise<number[]> {
  const ground = await Ground.prepare(database);
  try {
    const server = await ground.server({ leaseSeconds: 1 });
    for (const channel of channels) {
      // What an earlier crash left may come to the moment before the start is over.
      const isUp = await server.tryStart({ crash: { channel, count: 1 + (seed % 3) } });
      if (isUp) await runErrands(server, 'errand', ERRANDS);
      await server.ended(CRASH_MS);
    }
    await server.start();
    await runErrands(server, 'errand', ERRANDS);
    await errandsDone(server, ERRANDS);
    return await ground.timesPerformed();
  } finally {
    await ground.clear();
  }
}
