import { setTimeout as pause } from 'node:timers/promises';
import { Server } from '../server/Server';
import { Refusal } from '../workload/Subject';
import { Ground } from './Ground';
import { Circumstances } from './Story';

const ERRANDS = 16;
const SETTLED_MS = 30_000;

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
    const createAll = () => Promise.all(names().map(name => create(server, name)));
    for (const channel of channels) {
      await server.start({ crash: { channel, count: 1 + (seed % 3) } });
      // A client whose write had no answer tries again; what is there already is left as it is.
      await createAll();
      await server.ended(SETTLED_MS);
    }
    await server.start();
    await createAll();
    await allDone(server);
    return timesOf((await ground.performed()).map(line => line.split(' ')[0]));
  } finally {
    await ground.clear();
  }
}

function timesOf(performed: readonly string[]): number[] {
  const times = new Map<string, number>();
  for (const id of performed) times.set(id, (times.get(id) ?? 0) + 1);
  return [...times.values()];
}

function names(): string[] {
  return Array.from({ length: ERRANDS }, (_, index) => `e${index}`);
}

async function create(server: Server, name: string): Promise<void> {
  const errands = server.collection('Errand');
  await ignoringRefusals(errands.json('POST', '', errands.manifest(name, name)));
}

async function allDone(server: Server): Promise<void> {
  const deadline = Date.now() + SETTLED_MS;
  for (;;) {
    const answer = server.collection('Errand').json<{ items: { status?: { done?: boolean } }[] }>('GET', '');
    const items = (await ignoringRefusals(answer))?.items ?? [];
    if (items.filter(({ status }) => status?.done).length === ERRANDS) return;
    if (Date.now() > deadline) throw new Error(`The errands were not done in time:\n${server.output}`);
    await pause(50);
  }
}

async function ignoringRefusals<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
