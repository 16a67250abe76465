import { setTimeout as pause } from 'node:timers/promises';
import { describeOnOwnPostgres, OwnPostgres, startPostgres } from '@krate/test-postgres';
import { checkHistory } from './checker/checkHistory';
import { Proxy } from './faults/Proxy';
import { Server } from './server/Server';
import { errandsDone, runErrands } from './stories/errands';
import { Ground } from './stories/Ground';
import { Workload } from './workload/Workload';

jest.setTimeout(180_000);

/** What an outage may last before a server that is back has to answer again. */
const HEALED_MS = 10_000;

describeOnOwnPostgres('a server whose PostgreSQL is away', () => {
  let database: OwnPostgres;
  let proxy: Proxy;
  let ground: Ground;
  let server: Server;

  beforeAll(async () => {
    database = await startPostgres();
    proxy = await Proxy.to({ host: '127.0.0.1', port: Number(new URL(database.url).port) });
  });
  afterAll(async () => {
    await proxy.close();
    await database.dispose();
  });
  beforeEach(async () => {
    const url = new URL(database.url);
    url.port = String(proxy.port);
    ground = await Ground.prepare(url.href);
    server = await ground.server({ leaseSeconds: 2 });
    await server.start();
  });
  afterEach(() => ground.clear());

  it.each<{ reason: string; lastsMs: number; takeAway(): unknown; bringBack(): unknown }>([
    {
      reason: 'it crashed',
      lastsMs: 1500,
      takeAway: () => database.stop('immediate'),
      bringBack: () => database.start(),
    },
    {
      reason: 'its connections are cut',
      lastsMs: 500,
      takeAway: () => proxy.cut(),
      bringBack: () => undefined,
    },
    {
      reason: 'the network swallows everything and says nothing',
      lastsMs: 8000,
      takeAway: () => proxy.become({ type: 'dead' }),
      bringBack: () => proxy.become({ type: 'fair' }),
    },
    {
      reason: 'it is slow',
      lastsMs: 2000,
      takeAway: () => proxy.become({ type: 'slow', delayMs: 100 }),
      bringBack: () => proxy.become({ type: 'fair' }),
    },
  ])('answers 503 and heals by itself when $reason', async ({ lastsMs, takeAway, bringBack }) => {
    const workload = new Workload({ subjects: [server.subject], seed: lastsMs });
    await workload.acknowledged(20);
    await takeAway();
    await pause(lastsMs);
    await bringBack();
    await workload.acknowledged(5, HEALED_MS);
    const history = await workload.finish();

    expect(checkHistory(history)).toEqual([]);
    // With a Status and Retry-After: the client looks at that, answer by answer.
    expect([...new Set(workload.refusals.map(({ status }) => status))]).toEqual(
      workload.refusals.length > 0 ? [503] : [],
    );
    expect(server.isRunning).toBe(true);

    // Its lease and its effects are back as well.
    await runErrands(server, 'after', 3);
    await errandsDone(server, 3);
    expect(await ground.timesPerformed()).toEqual([1, 1, 1]);
  });
});
