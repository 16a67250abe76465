import { WatchEvent } from '@krate/controller-runtime';
import { ApiError, cloneJson, Resource } from '@krate/resource-model';
import { Listed, ResourceWatch, WatchRequest } from './requests';
import type { ResourceService } from './ResourceService';
import { Served } from './Served';
import { WireObject } from './WireObject';

/** Where a watch begins and what ends it. */
export interface Following {
  signal: AbortSignal;
  /** Given: the caller listed by itself and wants to know (Expired) when that list is too old. */
  resourceVersion?: string;
  /** Each change brings the state before it along. */
  previous?: boolean;
}

/** What was delivered, so that a later list can be told as the difference. */
type Delivered = Map<string, Served>;

/**
 * The endless watch of an in-process client. It watches again from where it was whenever a watch ends; when it keeps the
 * list itself and the version is gone, it lists again and delivers the difference as ordinary events.
 */
export async function* followCollection(
  service: ResourceService,
  target: WatchRequest,
  { signal, resourceVersion, previous = false }: Following,
): AsyncGenerator<WatchEvent<Resource>, void, undefined> {
  const delivered: Delivered | undefined = resourceVersion === undefined ? new Map() : undefined;
  let version = resourceVersion;
  while (!signal.aborted) {
    try {
      if (version === undefined) {
        const listed = await service.list(target);
        yield* difference(delivered!, listed);
        version = listed.resourceVersion;
      }
      const watch = await service.watch({ ...target, resourceVersion: nonZero(version) });
      for await (const event of untilAborted(watch, signal)) {
        remember(delivered, event.type, event.served);
        yield {
          type: event.type,
          object: copy(event.served),
          ...(previous && event.previous && { previous: copy(event.previous) }),
        };
      }
      version = String(watch.progress());
    } catch (error) {
      if (!delivered || !(error instanceof ApiError) || error.reason !== 'Expired') throw error;
      version = undefined;
    }
  }
}

/** On an empty store the version of a list is 0, which a watch would read as "from a list of your own". */
function nonZero(version: string): string | undefined {
  return version === '0' ? undefined : version;
}

async function* untilAborted(watch: ResourceWatch, signal: AbortSignal) {
  const close = () => watch.close();
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  try {
    yield* watch;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Everything that a list tells and the watch has not: new, changed and vanished objects. */
function* difference(
  delivered: Delivered,
  { items, resourceVersion }: Listed,
): Generator<WatchEvent<Resource>> {
  const gone = new Map(delivered);
  for (const served of items) {
    const key = keyOf(served);
    const known = delivered.get(key);
    gone.delete(key);
    delivered.set(key, served);
    if (known && known.stored.uid !== served.stored.uid)
      yield { type: 'DELETED', object: at(known, resourceVersion) };
    const sameObject = known?.stored.uid === served.stored.uid;
    if (sameObject && known?.stored.revision === served.stored.revision) continue;
    yield { type: sameObject ? 'MODIFIED' : 'ADDED', object: copy(served) };
  }
  for (const [key, served] of gone) {
    delivered.delete(key);
    yield { type: 'DELETED', object: at(served, resourceVersion) };
  }
}

function remember(delivered: Delivered | undefined, type: string, served: Served): void {
  if (type === 'DELETED') delivered?.delete(keyOf(served));
  else delivered?.set(keyOf(served), served);
}

function keyOf({ stored }: Served): string {
  return `${stored.namespace}/${stored.name}`;
}

function copy({ object }: Served): Resource {
  return cloneJson(object) as unknown as Resource;
}

function at(served: Served, resourceVersion: string): Resource {
  const object = cloneJson(served.object) as WireObject;
  return { ...object, metadata: { ...object.metadata, resourceVersion } } as unknown as Resource;
}
