import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError, Resource } from '@krate/resource-model';
import { ResourceStore, StoredObject, Watch } from '@krate/resource-store';

const PAGE = 500;
const RETRY_MS = 200;
/** How long a question may wait for the cache before it is refused as unavailable. */
const CATCH_UP_MS = 5_000;

/** All objects of one small resource in memory, kept current by a watch on the store. */
export class ResourceCache {
  private byNamespace = new Map<string, Map<string, Resource>>();
  private watch?: Watch;
  private following: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly store: ResourceStore,
    private readonly type: { group: string; resource: string },
    private readonly logger: LoggerService,
  ) {}

  /** Resolves once everything is in memory. */
  async start(): Promise<void> {
    const revision = await this.load();
    this.watch = await this.store.watch({ ...this.type, fromRevision: revision });
    this.following = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.watch?.close();
    await this.following;
  }

  get(namespace: string, name: string): Resource | undefined {
    return this.byNamespace.get(namespace)?.get(name);
  }

  objects(namespace: string): Resource[] {
    return [...(this.byNamespace.get(namespace)?.values() ?? [])];
  }

  namespaces(): string[] {
    return [...this.byNamespace.keys()];
  }

  /** Resolves once every write up to `revision` is in the cache. */
  async reach(revision: number): Promise<void> {
    const deadline = Date.now() + CATCH_UP_MS;
    for (let turns = 0; (this.watch?.progress() ?? -1) < revision; turns++) {
      if (Date.now() > deadline) {
        throw new ApiError('ServiceUnavailable', 'The roles are not up to date yet; try again', {
          retryAfterSeconds: 1,
        });
      }
      await pause(turns < 20 ? 0 : 10);
    }
  }

  private async load(): Promise<number> {
    const loaded = new Map<string, Map<string, Resource>>();
    let page = await this.store.list({ ...this.type, limit: PAGE });
    const revision = page.revision;
    page.items.forEach(item => put(loaded, item));
    while (page.continue) {
      page = await this.store.list({ ...this.type, limit: PAGE, continue: page.continue });
      page.items.forEach(item => put(loaded, item));
    }
    this.byNamespace = loaded;
    return revision;
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      try {
        for await (const event of this.watch!) {
          if (event.type === 'DELETED')
            this.byNamespace.get(event.object.namespace)?.delete(event.object.name);
          else put(this.byNamespace, event.object);
        }
      } catch (error) {
        if (!this.stopped)
          this.logger.warn(`The watch on ${this.type.resource} ended and is started anew`, error as Error);
      }
      if (!this.stopped) await this.restart();
    }
  }

  private async restart(): Promise<void> {
    // Until the new watch runs, `reach` must not answer from the old one's progress.
    this.watch = undefined;
    while (!this.stopped) {
      try {
        const revision = await this.load();
        this.watch = await this.store.watch({ ...this.type, fromRevision: revision });
        // `stop` may have come while the watch was being made, and then could not close it.
        if (this.stopped) (this.watch as Watch).close();
        return;
      } catch (error) {
        this.logger.warn(`${this.type.resource} cannot be read; trying again`, error as Error);
        await pause(RETRY_MS);
      }
    }
  }
}

function put(into: Map<string, Map<string, Resource>>, { namespace, name, json }: StoredObject): void {
  const known = into.get(namespace) ?? new Map<string, Resource>();
  known.set(name, JSON.parse(json));
  into.set(namespace, known);
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));
}
