import { Kind, ResourceInput, ResourceOf } from '@krate/resource-model';
import { KrateError, TimeoutError } from './KrateError';
import { Transport } from './Transport';
import { watchCollection, WatchedChange } from './watchCollection';

/** How a list or watch is narrowed; the words of the Kubernetes API. */
export interface Selection {
  /** `a=b,c!=d,e in (f,g)` */
  labelSelector?: string;
  /** `metadata.name=web`, or a field that the kind declares. */
  fieldSelector?: string;
}

export interface ListOptions extends Selection {
  /** How many a request asks for; the list has all of them nevertheless. */
  pageSize?: number;
  signal?: AbortSignal;
}

export interface WatchOptions extends Selection {
  /** Ends the watch. */
  signal?: AbortSignal;
}

/** The outcome of a list: the objects, and where a watch goes on. */
export interface ResourceList<R> {
  items: R[];
  resourceVersion: string;
}

const DEFAULT_PAGE = 500;
const FIELD_MANAGER = 'krate-client';
const DEFAULT_WAIT_SECONDS = 60;

/** Objects of one kind in one place, typed by the kind. Speaks the Kubernetes API below `/api/krate`. */
export class ResourceCollection<K extends Kind> {
  constructor(
    private readonly transport: Transport,
    readonly kind: K,
    /** Absent: every namespace, or a kind that is in none. */
    readonly namespace: string | undefined,
    private readonly fieldManager: string = FIELD_MANAGER,
  ) {}

  /** @throws KrateError NOT_FOUND */
  get(name: string): Promise<ResourceOf<K>> {
    return this.transport.json(this.path(name));
  }

  /** The object, or undefined when there is none. */
  async find(name: string): Promise<ResourceOf<K> | undefined> {
    try {
      return await this.get(name);
    } catch (error) {
      if (error instanceof KrateError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All objects, read page by page. */
  async list(options: ListOptions = {}): Promise<ResourceList<ResourceOf<K>>> {
    const { pageSize = DEFAULT_PAGE, signal, ...selection } = options;
    const items: ResourceOf<K>[] = [];
    let next = '';
    for (;;) {
      const page: { items: ResourceOf<K>[]; metadata: { resourceVersion: string; continue?: string } } =
        await this.transport.json(
          this.path(undefined, { ...selection, limit: String(pageSize), continue: next }),
          { signal },
        );
      items.push(...page.items.map(item => this.named(item)));
      next = page.metadata.continue ?? '';
      if (!next) return { items, resourceVersion: page.metadata.resourceVersion };
    }
  }

  create(object: Omit<ResourceInput<any>, 'apiVersion' | 'kind'>): Promise<ResourceOf<K>> {
    return this.transport.send('POST', this.path(undefined, this.strict), this.named(object));
  }

  /** Replaces the object. @throws KrateError CONFLICT when it moved since it was read */
  update(object: ResourceOf<K>): Promise<ResourceOf<K>> {
    return this.transport.send('PUT', this.path(object.metadata.name, this.strict), object);
  }

  /** JSON merge patch: `null` removes a field. */
  patch(name: string, patch: Record<string, unknown>): Promise<ResourceOf<K>> {
    return this.transport.send('PATCH', this.path(name, this.strict), patch, 'application/merge-patch+json');
  }

  /** Server-side apply: makes the object, or changes the fields given. `force` takes over fields of other managers. */
  apply(
    object: Omit<ResourceInput<any>, 'apiVersion' | 'kind'> & { metadata: { name: string } },
    options: { force?: boolean; dryRun?: boolean } = {},
  ): Promise<ResourceOf<K>> {
    const query = {
      ...this.strict,
      ...(options.force ? { force: 'true' } : {}),
      ...(options.dryRun ? { dryRun: 'All' } : {}),
    };
    const path = this.path(object.metadata.name, query);
    return this.transport.send('PATCH', path, this.named(object), 'application/apply-patch+yaml');
  }

  async delete(name: string): Promise<void> {
    await this.transport.request(this.path(name), { method: 'DELETE' });
  }

  /**
   * What exists, as `ADDED`, then every change, until the consumer stops or the signal aborts. Goes on after the server ended the
   * watch or was restarted; what happened meanwhile arrives as ordinary changes.
   */
  watch(options: WatchOptions = {}): AsyncGenerator<WatchedChange<ResourceOf<K>>, void, undefined> {
    const { signal, ...selection } = options;
    return watchCollection<ResourceOf<K>>({
      list: () => this.list({ ...selection, signal }),
      open: resourceVersion =>
        this.transport.request(
          this.path(undefined, { ...selection, watch: 'true', allowWatchBookmarks: 'true', resourceVersion }),
          { signal },
        ),
      signal,
    });
  }

  /**
   * Waits until an object is as wanted, and answers it. An object that does not exist yet is waited for as well.
   *
   * @throws TimeoutError after `timeoutSeconds` (default 60)
   */
  async waitFor(
    name: string,
    isAsWanted: (object: ResourceOf<K>) => boolean,
    { timeoutSeconds = DEFAULT_WAIT_SECONDS }: { timeoutSeconds?: number } = {},
  ): Promise<ResourceOf<K>> {
    const late = AbortSignal.timeout(timeoutSeconds * 1000);
    try {
      for await (const change of this.watch({ fieldSelector: `metadata.name=${name}`, signal: late })) {
        if (change.type !== 'DELETED' && isAsWanted(change.object)) return change.object;
      }
    } catch (error) {
      if (!late.aborted) throw error;
    }
    throw new TimeoutError(`${this.kind.kind} ${name} was not as wanted within ${timeoutSeconds} s`);
  }

  /** Waits until a condition is true, and the reconciler that says so has seen the newest spec. */
  waitForCondition(
    name: string,
    type: string,
    options?: { timeoutSeconds?: number },
  ): Promise<ResourceOf<K>> {
    return this.waitFor(
      name,
      ({ metadata, status }) =>
        (status as { conditions?: Condition[] } | undefined)?.conditions?.some(
          condition =>
            condition.type === type &&
            condition.status === 'True' &&
            (condition.observedGeneration ?? metadata.generation) >= metadata.generation,
        ) ?? false,
      options,
    );
  }

  private get strict(): Record<string, string> {
    return { fieldManager: this.fieldManager, fieldValidation: 'Strict' };
  }

  /** A list's items carry no kind of their own on the wire. */
  private named<T extends object>(object: T): T {
    return { apiVersion: this.kind.apiVersion, kind: this.kind.kind, ...object };
  }

  private path(name?: string, query: Record<string, string | undefined> = {}): string {
    const { group, version, plural, clusterScoped } = this.kind;
    const root = group ? `/api/krate/apis/${group}/${version}` : `/api/krate/api/${version}`;
    const scope = this.namespace && !clusterScoped ? `/namespaces/${encodeURIComponent(this.namespace)}` : '';
    const parameters = new URLSearchParams(
      Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
    ).toString();
    return `${root}${scope}/${plural}${name ? `/${encodeURIComponent(name)}` : ''}${parameters ? `?${parameters}` : ''}`;
  }
}

interface Condition {
  type: string;
  status: string;
  observedGeneration?: number;
}
