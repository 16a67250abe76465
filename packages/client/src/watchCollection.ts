import { Resource, Status } from '@krate/resource-model';
import { KrateError, NoAnswerError } from './KrateError';
import { linesOf } from './linesOf';
import { pause } from './pause';

/** One change of an object. */
export interface WatchedChange<R> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: R;
}

const RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

interface Source<R> {
  list(): Promise<{ items: R[]; resourceVersion: string }>;
  open(resourceVersion: string): Promise<Response>;
  signal?: AbortSignal;
}

/**
 * Lists, then watches from that list on, for ever. A watch that ends is opened again from where it was; when that place is no
 * longer kept, the difference to a new list arrives as changes.
 *
 * @throws what the first request refuses, and what no later try could change
 */
export async function* watchCollection<R extends Resource>({
  list,
  open,
  signal,
}: Source<R>): AsyncGenerator<WatchedChange<R>, void, undefined> {
  const known = new Map<string, R>();
  let version: string | undefined;
  let wait = RETRY_MS;
  let heard = false;
  while (!signal?.aborted) {
    try {
      if (version === undefined) {
        const listed = await list();
        yield* difference(known, listed.items);
        version = listed.resourceVersion;
      }
      const answer = await open(version);
      heard = true;
      for await (const line of linesOf(answer)) {
        wait = RETRY_MS;
        const { type, object } = JSON.parse(line) as { type: string; object: R | Status };
        if (type === 'ERROR') throw expired(object as Status);
        version = (object as R).metadata.resourceVersion;
        if (type === 'BOOKMARK') continue;
        remember(known, type, object as R);
        yield { type, object } as WatchedChange<R>;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (isExpired(error)) version = undefined;
      // A server that never answered is not one that is restarted.
      else if (!heard || !isPassing(error)) throw error;
    }
    await pause(wait, signal).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_RETRY_MS);
  }
}

function* difference<R extends Resource>(known: Map<string, R>, items: R[]): Generator<WatchedChange<R>> {
  const gone = new Map(known);
  for (const object of items) {
    const { uid, resourceVersion } = object.metadata;
    const before = known.get(uid);
    gone.delete(uid);
    known.set(uid, object);
    if (before?.metadata.resourceVersion === resourceVersion) continue;
    yield { type: before ? 'MODIFIED' : 'ADDED', object };
  }
  for (const [uid, object] of gone) {
    known.delete(uid);
    yield { type: 'DELETED', object };
  }
}

function remember<R extends Resource>(known: Map<string, R>, type: string, object: R): void {
  if (type === 'DELETED') known.delete(object.metadata.uid);
  else known.set(object.metadata.uid, object);
}

function expired({ message = 'The watch failed', code = 500, reason = '' }: Status): KrateError {
  return new KrateError(message, code, reason.toUpperCase());
}

function isExpired(error: unknown): boolean {
  return error instanceof KrateError && error.status === 410;
}

/** A server that is restarted, or a connection that broke in the middle of an answer. */
function isPassing(error: unknown): boolean {
  if (error instanceof KrateError) return [429, 502, 503, 504].includes(error.status);
  return error instanceof NoAnswerError || error instanceof TypeError;
}
