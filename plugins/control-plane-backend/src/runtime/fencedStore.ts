import { LeaseLostError, LeaseToken } from '@krate/controller-runtime';
import { ResourceStore, StoreError } from '@krate/resource-store';

/** The same store for a writer that may only write while it holds a lease: every write carries the proof. */
export function fencedStore(store: ResourceStore, token: () => LeaseToken): ResourceStore {
  return {
    get: key => store.get(key),
    list: query => store.list(query),
    watch: query => store.watch(query),
    revision: () => store.revision(),
    compact: revision => store.compact(revision),
    notes: limit => store.notes(limit),
    dropNotes: revision => store.dropNotes(revision),
    close: () => store.close(),
    write: async (operations, options) => store.write(operations, { ...options, fence: held(token) }),
  };
}

function held(token: () => LeaseToken): LeaseToken {
  try {
    return token();
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    throw new StoreError('fenced', error.message, undefined, { cause: error });
  }
}
