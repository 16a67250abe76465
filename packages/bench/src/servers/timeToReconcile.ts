import { setTimeout as sleep } from 'node:timers/promises';
import { Kind } from '@krate/resource-model';
import { ResourceStore } from '@krate/resource-store';
import { machineTime } from '../sides/machineTime';
import { draftOf, keyOf } from '../sides/Sample';

/** Whoever is told that the work on an object begins. */
export class Starts {
  private readonly waiting = new Map<string, () => void>();

  begun(name: string): void {
    this.waiting.get(name)?.();
    this.waiting.delete(name);
  }

  of(name: string): Promise<void> {
    return new Promise(resolve => this.waiting.set(name, resolve));
  }
}

/** Milliseconds from before each of so many writes until the work on it began, one at a time. */
export async function timesToReconcile(
  store: ResourceStore,
  starts: Starts,
  { kind, count, prefix }: { kind: Kind; count: number; prefix: string },
): Promise<number[]> {
  const taken: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const name = `${prefix}-${number}`;
    const draft = draftOf(name);
    const json = draft.json.replace('"kind":"Sample"', `"kind":"${kind.kind}"`);
    const begun = starts.of(name);
    const start = machineTime();
    const key = { ...keyOf(name), resource: kind.plural };
    const written = store.write([{ type: 'create', key, draft: { ...draft, json } }]);
    await begun;
    taken.push(machineTime() - start);
    await written;
    // What follows the start is not what is measured, and must not fall into the next one.
    await sleep(4);
  }
  return taken;
}
