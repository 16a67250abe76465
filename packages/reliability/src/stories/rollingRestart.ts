import { checkHistory } from '../checker/checkHistory';
import { Workload } from '../workload/Workload';
import { Ground } from './Ground';
import { Story } from './Story';

const ROUNDS = 2;

/** Two servers on one database are restarted in order, one after the other, while clients and watchers go from one to the other. */
export const rollingRestart: Story = async ({ seed, database }) => {
  if (!database) throw new Error('Two servers share a PostgreSQL: give --postgres');
  const ground = await Ground.prepare(database);
  try {
    const [a, b] = [await ground.server(), await ground.server()];
    await a.start();
    await b.start();
    const workload = new Workload({ subjects: [a.subject, b.subject], seed, watchers: 4 });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const server of [a, b]) {
        await workload.acknowledged(15);
        await server.stop();
        await workload.acknowledged(5);
        await server.start();
      }
    }
    const history = await workload.finish();
    return { violations: checkHistory(history), acknowledged: workload.recorder.acknowledged };
  } finally {
    await ground.clear();
  }
};
