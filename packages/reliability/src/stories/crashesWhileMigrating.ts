import { checkHistory } from '../checker/checkHistory';
import { CrashPoint } from '../server/ServerSettings';
import { random } from '../workload/random';
import { Workload } from '../workload/Workload';
import { Ground } from './Ground';
import { Story } from './Story';

/** About as many statements as the first start makes, most of them to create tables. */
const STATEMENTS = 120;
const CRASHES = 3;

/**
 * The first start of a server, which makes every table, is killed before a statement that the seed decides; the next start goes on
 * from there and is killed as well; the last one finds everything as if nothing had happened.
 */
export const crashesWhileMigrating: Story = async ({ seed, database }) => {
  const ground = await Ground.prepare(database);
  try {
    const server = await ground.server();
    const dice = random(seed);
    const moments: CrashPoint[] = [
      { channel: 'krate:store:during-migration', count: 1 },
      { channel: 'krate:store:between-migrations', count: 1 },
      ...Array.from({ length: CRASHES }, () => ({
        channel: 'statement',
        count: 1 + Math.floor(dice() * STATEMENTS),
      })),
    ];
    for (const crash of moments.sort(() => dice() - 0.5)) {
      await server.tryStart({ crash });
      await server.kill();
    }
    await server.start();
    const workload = new Workload({ subjects: [server.subject], seed });
    await workload.acknowledged(20);
    await server.stop();
    await server.start();
    const history = await workload.finish();
    return { violations: checkHistory(history), acknowledged: workload.recorder.acknowledged };
  } finally {
    await ground.clear();
  }
};
