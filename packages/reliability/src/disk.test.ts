import { setTimeout as pause } from 'node:timers/promises';
import { checkHistory } from './checker/checkHistory';
import { hasSmallDisks, onSmallDisk, SmallDisk } from './faults/SmallDisk';
import { Ground } from './stories/Ground';
import { Workload } from './workload/Workload';

jest.setTimeout(120_000);

const describeWithSmallDisks = hasSmallDisks() ? describe : describe.skip;

describeWithSmallDisks('a server whose disk is full (needs mount namespaces)', () => {
  it('refuses with 503 what it cannot store, and goes on when there is room again', async () => {
    const ground = await Ground.prepare();
    const server = await ground.server();
    await server.start({}, onSmallDisk(ground.directory, 12));
    const disk = new SmallDisk(server.pid, ground.directory);
    const workload = new Workload({ subjects: [server.subject], seed: 1 });
    await workload.acknowledged(20);

    disk.fill();
    await pause(1500);
    const stored = workload.recorder.acknowledged;
    await pause(500);
    const refused = workload.refusals.length;
    expect(workload.recorder.acknowledged).toBe(stored);
    expect(refused).toBeGreaterThan(0);

    disk.free();
    await workload.acknowledged(20, 10_000);
    const history = await workload.finish();
    await ground.clear();
    expect(checkHistory(history)).toEqual([]);
    expect([...new Set(workload.refusals.map(({ status }) => status))]).toEqual([503]);
  });
});
