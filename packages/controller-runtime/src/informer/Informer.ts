import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError, Kind, Resource } from '@krate/resource-model';
import { backoffDelay, BackoffOptions } from '../backoff';
import { Clock, sleep, systemClock } from '../Clock';
import { keyOf } from '../objectKeys';
import { ResourceClient, WatchEvent } from '../ResourceClient';
import { compareRevisions } from '../revisions';
import { ObjectCache } from './ObjectCache';

/*
 * A local copy of all objects of one kind.
 *
 * It lists once and watches from the list's revision, so it misses nothing and repeats nothing. When the watch fails it
 * watches again from the last revision it saw; when that revision is compacted (Expired, Gone) it lists anew and turns
 * the difference into changes, deletions included. A handler therefore sees every object reach its newest state, though
 * not necessarily every state in between.
 *
 * `revision` is the newest revision the copy includes. A write answered with a later revision is not in it yet, and
 * `reached` tells when it is.
 */

/** `object` is absent for a deletion, `old` for an object that is new here. At least one is given. */
export type ChangeHandler = (object: Resource | undefined, old: Resource | undefined) => void;

export interface InformerOptions {
  client: ResourceClient;
  kind: Kind;
  logger: LoggerService;
  clock?: Clock;
  backoff?: BackoffOptions;
}

export class Informer {
  readonly cache = new ObjectCache();
  private readonly handlers: ChangeHandler[] = [];
  private readonly waiters: { revision: string; resolve: () => void }[] = [];
  private readonly stopping = new AbortController();
  private readonly clock: Clock;
  private readonly backoff: BackoffOptions;
  private readonly firstList: Promise<void>;
  private resolveFirstList!: () => void;
  private seen?: string;
  private failures = 0;
  private following?: Promise<void>;

  constructor(private readonly options: InformerOptions) {
    this.clock = options.clock ?? systemClock;
    this.backoff = options.backoff ?? { base: 200, max: 30_000 };
    this.firstList = new Promise(resolve => {
      this.resolveFirstList = resolve;
    });
  }

  get kind(): Kind {
    return this.options.kind;
  }

  /** The newest revision the cache includes; absent before the first list. */
  get revision(): string | undefined {
    return this.seen;
  }

  /** Called after the cache has changed. Handlers are quick and do not throw. */
  onChange(handler: ChangeHandler): void {
    this.handlers.push(handler);
  }

  start(): void {
    this.following ??= this.follow();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  /** Resolves once the first list is in the cache and its handlers were called. */
  synced(): Promise<void> {
    return this.firstList;
  }

  /** Whether the cache includes a write that was answered with this revision. */
  includes(revision: string): boolean {
    return this.seen !== undefined && compareRevisions(this.seen, revision) >= 0;
  }

  /** Resolves once the cache includes that revision. */
  reached(revision: string): Promise<void> {
    if (this.includes(revision)) return Promise.resolve();
    return new Promise(resolve => this.waiters.push({ revision, resolve }));
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    let mustList = true;
    while (!signal.aborted) {
      try {
        if (mustList) await this.relist();
        mustList = false;
        await this.watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        mustList ||= isExpired(error);
        this.report(error, mustList);
      }
      await sleep(this.clock, backoffDelay(this.failures, this.backoff), signal);
      this.failures += 1;
    }
  }

  private async relist(): Promise<void> {
    const { items, resourceVersion } = await this.options.client.list(this.kind);
    if (this.stopping.signal.aborted) return;
    const gone = new Set(this.cache.keys());
    for (const item of items as Resource[]) {
      gone.delete(keyOf(item.metadata));
      this.put(item);
    }
    for (const key of gone) this.remove(key);
    // A server restored from a backup counts from an earlier revision; waiting for the old ones would never end.
    const wentBack = this.seen !== undefined && compareRevisions(resourceVersion, this.seen) < 0;
    this.seen = resourceVersion;
    this.wakeWaiters(wentBack);
    this.resolveFirstList();
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const events = this.options.client.watch(this.kind, { signal, resourceVersion: this.seen });
    for await (const event of events) {
      if (signal.aborted) return;
      this.accept(event as WatchEvent);
      this.failures = 0;
    }
  }

  private accept({ type, object }: WatchEvent): void {
    const revision = object.metadata.resourceVersion;
    const key = keyOf(object.metadata);
    const cached = this.cache.get(key);
    const outdated = cached && compareRevisions(revision, cached.metadata.resourceVersion) < 0;
    if (type !== 'BOOKMARK' && !outdated) {
      if (type === 'DELETED') this.remove(key);
      else this.put(object);
    }
    if (!this.includes(revision)) this.seen = revision;
    this.wakeWaiters(false);
  }

  private put(object: Resource): void {
    const old = this.cache.put(object);
    if (old?.metadata.resourceVersion === object.metadata.resourceVersion) return;
    if (old && old.metadata.uid !== object.metadata.uid) {
      // Deleted and created anew while nobody watched: two changes, so that the end of the first is not missed.
      this.notify(undefined, old);
      this.notify(object, undefined);
      return;
    }
    this.notify(object, old);
  }

  private remove(key: string): void {
    const old = this.cache.delete(key);
    if (old) this.notify(undefined, old);
  }

  private notify(object: Resource | undefined, old: Resource | undefined): void {
    for (const handler of this.handlers) handler(object, old);
  }

  private wakeWaiters(all: boolean): void {
    for (let i = this.waiters.length - 1; i >= 0; i -= 1) {
      if (!all && !this.includes(this.waiters[i].revision)) continue;
      this.waiters.splice(i, 1)[0].resolve();
    }
  }

  private report(error: unknown, relist: boolean): void {
    const what = relist ? 'listing anew' : 'watching again';
    const message = error instanceof Error ? error.message : String(error);
    const text = `The watch of ${this.kind.resource} ended (${message}); ${what}`;
    // Compaction is ordinary; anything else deserves attention.
    if (isExpired(error)) this.options.logger.debug(text);
    else this.options.logger.warn(text);
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof ApiError && (error.reason === 'Expired' || error.reason === 'Gone');
}
