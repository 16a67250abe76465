import { StoreError } from './ResourceStore';
import { KeyInResource } from './objectKey';

/** Where a list goes on: the snapshot's revision, the last key delivered, and how many followed it at that revision. */
export interface ContinuePoint extends KeyInResource {
  revision: number;
  remaining?: number;
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
