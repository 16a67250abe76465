import { SqliteResourceStore } from '@krate/resource-store';
import { deferred } from '../harness/deferred';

/**
 * The store that a backend of this process opens: a bench writes past the API into it, so that it measures what follows a
 * commit and not the way there. Call before the backend starts.
 */
export function openedStore(durability: 'durable' | 'relaxed'): Promise<SqliteResourceStore> {
  const open = SqliteResourceStore.open.bind(SqliteResourceStore);
  const opened = deferred<SqliteResourceStore>();
  SqliteResourceStore.open = async options => {
    const store = await open({ ...options, synchronous: durability === 'durable' ? 'FULL' : 'NORMAL' });
    opened.resolve(store);
    return store;
  };
  return opened.promise;
}
