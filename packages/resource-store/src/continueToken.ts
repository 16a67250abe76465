import { StoreError } from './ResourceStore';
import { KeyInResource } from './objectKey';

/** Where a list goes on: the snapshot's revision, the last key delivered, and how many followed it at that revision. */
export interface ContinuePoint extends KeyInResource {
  revision: number;
  remaining?: number;
}

/** Stands for the revision of whenever the token is used: the rest of a list whose snapshot is gone. */
const WHENEVER = -1;

/** The revision that a list goes on at; `newest` is that of the present. */
export function revisionOf({ revision }: ContinuePoint, newest: number): number {
  return revision === WHENEVER ? newest : revision;
}

/** A token that goes on at the same place without the snapshot, and so without knowing how many follow. */
export function encodeInconsistent({ namespace, name }: KeyInResource): string {
  return encodeContinue({ revision: WHENEVER, namespace, name });
}

/** The opaque form handed to clients. */
export function encodeContinue(point: ContinuePoint): string {
  const { revision, namespace, name, remaining } = point;
  return Buffer.from(JSON.stringify([revision, namespace, name, remaining])).toString('base64url');
}

/** Reads a token back; anything that is not ours is `invalid`. */
export function decodeContinue(token: string): ContinuePoint {
  const [revision, namespace, name, remaining] = parse(token);
  if (!Number.isSafeInteger(revision) || typeof namespace !== 'string' || typeof name !== 'string')
    throw invalid();
  const point = { revision: revision as number, namespace, name };
  return Number.isSafeInteger(remaining) ? { ...point, remaining: remaining as number } : point;
}

function parse(token: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(value)) return value;
  } catch {
    // Not JSON: answered below like everything else that is not ours.
  }
  throw invalid();
}

function invalid(): StoreError {
  return new StoreError('invalid', 'The continue token is not valid; start the list again without it');
}
