import { ApiError, Resource } from '@krate/resource-model';
import { ResourceType } from '../resource/identity';
import { KrateApi, pathOf } from './KrateApi';
import { LiveEvent } from './LiveConnection';

/** The objects a paged list asks for. */
export interface PagedRequest {
  type: Pick<ResourceType, 'group' | 'version' | 'plural' | 'clusterScoped'>;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface PagedListState {
  /** Sorted by name, as far as they have come. Kept while the connection is lost, and beside an error. */
  items: readonly Resource[];
  /** Nothing is known yet. */
  loading: boolean;
  /** All pages have come. */
  complete: boolean;
  /** How many there are, as far as the server said. */
  total?: number;
  error?: Error;
}

interface Page {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: Resource[];
}

/** A page fills the screen several times over; later ones are larger, since nobody waits for them. */
const FIRST_PAGE = 200;
const LATER_PAGE = 1000;
const FRAME_MS = 16;
/** Sorting and drawing a long list takes longer than a frame; changes to it are shown together. */
const LONG_LIST_MS = 120;
const LONG = 2000;

/**
 * The objects of a kind, page by page, while following their changes: the first page is on screen before the last is asked
 * for. All pages show the moment of the first; what happens after it comes over the live connection and wins.
 */
export class PagedList {
  private current: PagedListState = { items: [], loading: true, complete: false };
  private objects = new Map<string, Resource>();
  /** What the watch has told since the first page: pages know nothing newer about these. */
  private changed = new Set<string>();
  private version?: string;
  private synced = true;
  private publishing?: ReturnType<typeof setTimeout>;
  private unsubscribe?: () => void;
  private readonly abort = new AbortController();

  constructor(
    private readonly api: KrateApi,
    private readonly request: PagedRequest,
    private readonly listener: (state: PagedListState) => void,
  ) {
    void this.read();
  }

  get state(): PagedListState {
    return this.current;
  }

  close(): void {
    this.abort.abort();
    clearTimeout(this.publishing);
    this.unsubscribe?.();
  }

  private async read(): Promise<void> {
    try {
      let page = await this.page(FIRST_PAGE);
      if (this.abort.signal.aborted) return;
      this.version = page.metadata.resourceVersion;
      this.take(page);
      this.follow();
      while (page.metadata.continue && !this.abort.signal.aborted) {
        page = await this.page(LATER_PAGE, page.metadata.continue);
        this.take(page);
      }
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private async page(limit: number, token?: string): Promise<Page> {
    const { type, namespace, labelSelector, fieldSelector } = this.request;
    const query = new URLSearchParams({ limit: String(limit) });
    if (token) query.set('continue', token);
    if (labelSelector) query.set('labelSelector', labelSelector);
    if (fieldSelector) query.set('fieldSelector', fieldSelector);
    const response = await this.api.request(`${pathOf(type, namespace)}?${query}`, {
      signal: this.abort.signal,
    });
    return response.json();
  }

  private take(page: Page): void {
    if (this.abort.signal.aborted) return;
    for (const object of page.items) {
      if (!this.changed.has(object.metadata.uid)) this.objects.set(object.metadata.uid, object);
    }
    const complete = !page.metadata.continue;
    const remaining = page.metadata.remainingItemCount;
    this.current = {
      ...this.current,
      loading: false,
      complete,
      total: remaining === undefined ? undefined : this.objects.size + remaining,
    };
    this.publish();
  }

  private fail(error: Error): void {
    if (this.abort.signal.aborted) return;
    // The snapshot is too old for its next page: everything is sent anew over the live connection.
    if (error instanceof ApiError && error.reason === 'Expired' && this.unsubscribe) {
      this.restart('expired');
      this.unsubscribe();
      this.follow();
      return;
    }
    this.current = { ...this.current, loading: false, error };
    this.publish();
  }

  private follow(): void {
    const { type, namespace, labelSelector, fieldSelector } = this.request;
    this.unsubscribe = this.api.live.subscribe({
      request: () => ({
        ...{ group: type.group, resource: type.plural, namespace, labelSelector, fieldSelector },
        resourceVersion: this.version,
      }),
      restart: why => this.restart(why),
      receive: event => this.receive(event),
    });
  }

  /** After a lost connection it goes on from the last change seen; when that is too old, everything comes anew. */
  private restart(why: 'lost' | 'expired'): void {
    if (why === 'lost' && this.version !== undefined) return;
    this.version = undefined;
    this.objects = new Map();
    this.changed = new Set();
    this.synced = false;
  }

  private receive(event: LiveEvent): void {
    if (event.type === 'ERROR') {
      const error = new Error(event.status.message ?? 'The server ended this list');
      this.current = { ...this.current, loading: false, error };
      this.publish();
      return;
    }
    if (event.type === 'SYNCED') {
      const begunAnew = !this.synced;
      this.synced = true;
      this.current = { ...this.current, error: undefined, complete: begunAnew || this.current.complete };
      this.publishSoon();
    }
    if (event.type !== 'ADDED' && event.type !== 'MODIFIED' && event.type !== 'DELETED') return;
    const { uid, resourceVersion } = event.object.metadata;
    this.changed.add(uid);
    if (event.type === 'DELETED') this.objects.delete(uid);
    else this.objects.set(uid, event.object);
    if (this.synced) this.version = resourceVersion;
    this.publishSoon();
  }

  private publishSoon(): void {
    if (!this.synced || this.publishing) return;
    this.publishing = setTimeout(
      () => {
        this.publishing = undefined;
        if (this.synced) this.publish();
      },
      this.objects.size > LONG ? LONG_LIST_MS : FRAME_MS,
    );
  }

  private publish(): void {
    const items = [...this.objects.values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const { complete, total } = this.current;
    this.current = { ...this.current, items, total: complete ? items.length : total };
    this.listener(this.current);
  }
}
