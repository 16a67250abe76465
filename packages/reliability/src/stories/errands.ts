import { setTimeout as pause } from 'node:timers/promises';
import { Server } from '../server/Server';
import { Refusal } from '../workload/Subject';

const SETTLED_MS = 30_000;

/** Asks for effects: so many objects, each of which has one. What is there already stays, what has no answer is left open. */
export async function runErrands(server: Server, name: string, count: number): Promise<void> {
  const errands = server.collection('Errand');
  const create = (index: number) => errands.json('POST', '', errands.manifest(`${name}-${index}`, name));
  await Promise.all(Array.from({ length: count }, (_, index) => ignoringRefusals(create(index))));
}

/** Resolves when so many objects say that their effect has succeeded. */
export async function errandsDone(server: Server, count: number): Promise<void> {
  const deadline = Date.now() + SETTLED_MS;
  for (;;) {
    const answer = server.collection('Errand').json<{ items: { status?: { done?: boolean } }[] }>('GET', '');
    const items = (await ignoringRefusals(answer))?.items ?? [];
    if (items.filter(({ status }) => status?.done).length >= count) return;
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
