import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectDraft, ObjectKey } from '@krate/resource-store';
import { machineTime } from '../sides/machineTime';
import { draftOf, keyOf } from '../sides/Sample';

/** Writes samples at a steady pace and answers when each write began. */
export async function writeSamples(
  { count, everyMs, prefix }: { count: number; everyMs: number; prefix: string },
  write: (key: ObjectKey, draft: ObjectDraft) => Promise<void>,
): Promise<number[]> {
  const began: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const name = `${prefix}-${number}`;
    const draft = draftOf(name);
    began.push(machineTime());
    await write(keyOf(name), draft);
    await sleep(everyMs);
  }
  return began;
}
