import { ObjectKey, StoreError } from './ResourceStore';
import { encodeInconsistent } from './continueToken';
import { describeKey, KeyInResource } from './objectKey';

/*
 * What drivers say when they refuse an operation: the same words, whatever the database.
 */

export function alreadyExists(key: ObjectKey): StoreError {
  return new StoreError('already-exists', `${describeKey(key)} already exists`, key);
}

export function notFound(key: ObjectKey): StoreError {
  return new StoreError('not-found', `${describeKey(key)} does not exist`, key);
}

export function keepsUid(key: ObjectKey, uid: string): StoreError {
  return new StoreError('invalid', `An update of ${describeKey(key)} must keep its uid ${uid}`, key);
}

/** `actual` is absent when the object moved a moment ago, to a revision that is not known yet. */
export function moved(key: ObjectKey, actual: number | undefined, expected: number): StoreError {
  const now =
    actual === undefined ? `no longer at revision ${expected}` : `at revision ${actual}, not ${expected}`;
  return new StoreError(
    'conflict',
    `${describeKey(key)} is ${now}; read it again and reapply the change`,
    key,
  );
}

/** @param after - where the list would have gone on; absent when it had not begun */
export function compactedSnapshot(after?: KeyInResource): StoreError {
  return new StoreError(
    'compacted',
    'The snapshot of this list is no longer retained; start it again without continue',
    undefined,
    undefined,
    after && encodeInconsistent(after),
  );
}

export function foreignToken(): StoreError {
  return new StoreError('invalid', 'The continue token belongs to another list; start this one without it');
}

export function futureToken(): StoreError {
  return new StoreError(
    'future-revision',
    'The continue token is ahead of the store; start the list again without it',
  );
}

export function forgetsFuture(asked: number, newest: number): StoreError {
  return new StoreError('future-revision', `Cannot forget up to ${asked}: the store is at ${newest}`);
}

export function notEmpty(revision: number): StoreError {
  return new StoreError(
    'conflict',
    `The store is at revision ${revision}; a backup is loaded into an empty one`,
  );
}

export function closed(): StoreError {
  return new StoreError('unavailable', 'The store is closed');
}
