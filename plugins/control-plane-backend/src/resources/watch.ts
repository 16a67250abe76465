import { Kind } from '@krate/resource-model';
import { StoredObject, StoreError, Watch } from '@krate/resource-store';
import { authorize } from './authorize';
import { expiredVersion, fromStoreError, tooLargeVersion } from './errors';
import { ResourceWatch, ServedEvent, WatchRequest } from './requests';
import { assertInitialEvents, parseVersion } from './resourceVersions';
import { pinnedName } from './selectors';
import { serve } from './Served';
import { ServiceContext } from './ServiceContext';

class ServedWatch implements ResourceWatch {
  readonly initialEvents: number;

  constructor(
    private readonly context: ServiceContext,
    private readonly kind: Kind,
    private initial: StoredObject[],
    private readonly following: Watch,
    private readonly fromRevision: number,
  ) {
    this.initialEvents = initial.length;
  }

  progress(): number {
    return this.initial.length > 0 ? this.fromRevision : this.following.progress();
  }

  close(): void {
    this.following.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ServedEvent, void, undefined> {
    const { kind, context } = this;
    try {
      const { initial } = this;
      for (const stored of initial) yield { type: 'ADDED', served: serve(kind, stored, context.storedForm) };
      this.initial = [];
      for await (const { type, object, previous } of this.following) {
        const served = serve(kind, object, context.storedForm);
        yield previous
          ? { type, served, previous: serve(kind, previous, context.storedForm) }
          : { type, served };
      }
    } catch (error) {
      // Too slow, or the server stops: an ordinary end, after which a client watches again from where it was.
      if (error instanceof StoreError && (error.code === 'overflow' || error.code === 'unavailable')) return;
      throw watchError(error, kind, this.fromRevision);
    } finally {
      this.close();
    }
  }
}

/**
 * Follows a collection. Without a version what exists comes first, as ADDED in the list's order, then everything after
 * that list, each event once.
 */
export async function watch(context: ServiceContext, request: WatchRequest): Promise<ResourceWatch> {
  const name = pinnedName(request.fields);
  await authorize(context, { ...request, name }, 'watch');
  assertInitialEvents(request.sendInitialEvents, request.resourceVersionMatch);
  const { kind, namespace, labels, fields } = request;
  const filter = {
    group: kind.group,
    resource: kind.plural,
    namespace: kind.clusterScoped ? undefined : namespace,
    name,
    labels,
    fields,
  };
  const version = parseVersion(request.resourceVersion);
  try {
    const current = await context.store.revision();
    if (version && version > current) throw tooLargeVersion(version, current);
    const initial = (request.sendInitialEvents ?? !version) ? await context.store.list(filter) : undefined;
    const fromRevision = initial?.revision ?? version ?? current;
    const following = await context.store.watch({ ...filter, fromRevision });
    return new ServedWatch(context, kind, initial?.items ?? [], following, fromRevision);
  } catch (error) {
    throw watchError(error, kind, version);
  }
}

function watchError(error: unknown, kind: Kind, version: number | undefined): unknown {
  if (error instanceof StoreError && error.code === 'compacted') return expiredVersion(version ?? 0);
  if (error instanceof StoreError && error.code === 'future-revision') return tooLargeVersion(version ?? 0);
  return fromStoreError(error, kind, '');
}
