import { anObject, FakeResourceClient } from '@krate/controller-runtime/testkit';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { ActiveRuns } from './ActiveRuns';

const run = (name: string, phase: string, queuedAt = '1', pool = 'local') =>
  anObject(AgentDispatchRun, {
    metadata: { name },
    status: { phase: phase as never, runnerPool: pool, queuedAt },
  });

async function follow(...runs: AgentDispatchRun[]) {
  const client = new FakeResourceClient();
  const put = async (one: AgentDispatchRun) => {
    const present = await client.get(AgentDispatchRun, one.metadata);
    const stored = present ?? (await client.create(AgentDispatchRun, one as never));
    await client.updateStatus(AgentDispatchRun, { ...stored, status: one.status });
  };
  for (const one of runs) await put(one);
  const woken: string[] = [];
  const errors: unknown[] = [];
  const active = new ActiveRuns({
    client,
    wake: (_kind, { name }) => void woken.push(name),
    onError: error => errors.push(error),
  });
  await active.start();
  return { active, woken, errors, put, client };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 300; tries += 1)
    await new Promise(resolve => setTimeout(resolve, 10));
}

describe('ActiveRuns', () => {
  it.each([
    { reason: 'nobody else', others: [], ahead: 0 },
    { reason: 'two that work', others: [run('a', 'Running', '9'), run('b', 'Running', '8')], ahead: 2 },
    { reason: 'one that waits since before', others: [run('a', 'Queued', '1')], ahead: 1 },
    { reason: 'one that waits since later', others: [run('a', 'Queued', '7')], ahead: 0 },
    { reason: 'one that came at the same moment, by name', others: [run('a', 'Queued', '5')], ahead: 1 },
    { reason: 'one that is parked takes no place', others: [run('a', 'AwaitingApproval')], ahead: 0 },
    { reason: 'one that is over', others: [run('a', 'Completed')], ahead: 0 },
    { reason: 'one in another pool', others: [run('a', 'Running', '1', 'big')], ahead: 0 },
  ])('counts $ahead ahead: $reason', async ({ others, ahead }) => {
    const { active } = await follow(...others);
    expect(active.queueOf(run('me', 'Queued', '5'))).toEqual({ ahead });
    active.stop();
  });

  it.each(['Completed', 'AwaitingApproval', 'Failed'])(
    'wakes who waits when a place becomes free: %s',
    async phase => {
      const { active, woken, errors, put } = await follow(
        run('a', 'Running'),
        run('me', 'Queued', '5'),
        run('far', 'Queued', '5', 'big'),
      );
      await put(run('a', phase));
      await until(() => woken.length > 0);
      expect(woken).toEqual(['me']);
      expect(errors).toEqual([]);
      active.stop();
    },
  );

  it('begins anew when its watch breaks and the list after it fails too, and misses nothing in between', async () => {
    const { active, woken, errors, put, client } = await follow(
      run('a', 'Running'),
      run('b', 'Running'),
      run('me', 'Queued', '5'),
    );
    client.holdEvents();
    await client.delete(AgentDispatchRun, run('a', 'Running').metadata);
    client.failNext('list', new Error('the store is away'));
    client.compact();
    client.releaseEvents();
    await until(() => woken.length > 0);
    expect(errors).toHaveLength(2);
    expect(active.queueOf(run('other', 'Queued', '4'))).toEqual({ ahead: 1 });
    await put(run('b', 'Completed'));
    await until(() => woken.length > 1);
    expect(woken).toEqual(['me', 'me']);
    active.stop();
  });
});
