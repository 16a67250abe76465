import { AsyncLocalStorage } from 'node:async_hooks';
import { Effect, LeaseLostError, LeaseToken } from '@krate/controller-runtime';
import { ResourceStore, StoreError } from '@krate/resource-store';

/** The lease that whatever runs at the moment acts under; none for requests. */
const actingUnder = new AsyncLocalStorage<() => LeaseToken>();

/**
 * The same store, whose writes carry the proof of the lease they are made under: the one given, else the one that the effect they are
 * part of is performed under. Without either a write proves nothing, and needs not.
 */
export function fencedStore(store: ResourceStore, token?: () => LeaseToken): ResourceStore {
  return {
    get: key => store.get(key),
    list: query => store.list(query),
    watch: query => store.watch(query),
    revision: () => store.revision(),
    compact: revision => store.compact(revision),
    notes: limit => store.notes(limit),
    dropNotes: revision => store.dropNotes(revision),
    close: () => store.close(),
    write: async (operations, options) => {
      const proof = token ?? actingUnder.getStore();
      return store.write(operations, proof ? { ...options, fence: held(proof) } : options);
    },
  };
}

/**
 * The same effect, acting under a lease: whatever it writes through the clients of the control plane, however much later, is refused
 * once the lease has passed on.
 */
export function underLease(effect: Effect, token: () => LeaseToken): Effect {
  return {
    name: effect.name,
    concurrency: effect.concurrency,
    maxAttempts: effect.maxAttempts,
    observe: (...asked) => actingUnder.run(token, () => effect.observe(...asked)),
    perform: (...asked) => actingUnder.run(token, () => effect.perform(...asked)),
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
