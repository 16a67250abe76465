import { setTimeout as pause } from 'node:timers/promises';
import { checkHistory } from '../checker/checkHistory';
import { random } from '../workload/random';
import { Workload } from '../workload/Workload';
import { Ground } from './Ground';
import { Story } from './Story';

const KILLS = 2;
const LONGEST_PAUSE_MS = 250;

/** A server is killed under load, at moments that the seed decides, and started again each time. */
export const killedAtRandom: Story = async ({ seed, database }) => {
  const ground = await Ground.prepare(database);
  try {
    const server = await ground.server();
    await server.start();
    const dice = random(seed);
    const workload = new Workload({ subjects: [server.subject], seed });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await workload.acknowledged(15);
      await pause(dice() * LONGEST_PAUSE_MS);
      await server.kill();
      await server.start();
    }
    await workload.acknowledged(10);
    const history = await workload.finish();
    return { violations: checkHistory(history), acknowledged: workload.recorder.acknowledged };
  } finally {
    await ground.clear();
  }
};
