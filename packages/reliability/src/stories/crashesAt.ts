import { checkHistory } from '../checker/checkHistory';
import { random } from '../workload/random';
import { Workload } from '../workload/Workload';
import { Ground } from './Ground';
import { Story } from './Story';

/** How long the moment may take to come. */
const CRASH_MS = 30_000;

/**
 * A server under load ends at a moment that its code tells of, is started again, and ends at the next one. The seed says at which
 * of its messages.
 */
export function crashesAt(...channels: string[]): Story {
  return async ({ seed, database }) => {
    const ground = await Ground.prepare(database);
    try {
      const server = await ground.server();
      await server.start();
      const workload = new Workload({ subjects: [server.subject], seed });
      const dice = random(seed);
      for (const channel of channels) {
        await server.stop();
        await server.start({ crash: { channel, count: 20 + Math.floor(dice() * 20) } });
        await server.ended(CRASH_MS);
      }
      await server.start();
      await workload.acknowledged(10);
      const history = await workload.finish();
      return { violations: checkHistory(history), acknowledged: workload.recorder.acknowledged };
    } finally {
      await ground.clear();
    }
  };
}
