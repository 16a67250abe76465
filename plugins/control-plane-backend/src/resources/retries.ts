import { Kind } from '@krate/resource-model';
import { StoreError } from '@krate/resource-store';
import { fromStoreError } from './errors';

/** How often a write is tried when others write the same object at the same time; as a kube-apiserver does. */
const ATTEMPTS = 5;

/**
 * Runs an attempt to read, change and write an object again while the object moves in between. An attempt that insists
 * on a version refuses by itself on the next reading, so only writes that do not are really repeated.
 */
export async function withRetries<T>(kind: Kind, name: string, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const moved = error instanceof StoreError && error.code === 'conflict';
      if (!moved || tried === ATTEMPTS) throw fromStoreError(error, kind, name);
    }
  }
}
