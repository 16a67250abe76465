import { Resource } from '@krate/resource-model';
import { LiveConnection, LiveEvent, ObjectSubscription } from './LiveConnection';

export interface LiveListState {
  /** Sorted by name. Kept while the connection is lost, and beside an error. */
  items: readonly Resource[];
  /** Nothing is known yet. */
  loading: boolean;
  error?: Error;
}

/** Changes that arrive within one frame are shown together. */
const FRAME_MS = 16;
/** A list outlives its last view this long: going back to a tab finds it as it was, and up to date. */
const LINGER_MS = 20_000;

/** The objects of one subscription, shared by all views that show them. */
export class LiveList {
  private current: LiveListState = { items: [], loading: true };
  private objects = new Map<string, Resource>();
  private synced = false;
  private readonly listeners = new Set<() => void>();
  private publishing?: ReturnType<typeof setTimeout>;
  private ending?: ReturnType<typeof setTimeout>;
  private unsubscribe?: () => void;

  constructor(
    private readonly live: LiveConnection,
    private readonly request: ObjectSubscription,
    private readonly ended: () => void,
  ) {}

  readonly state = (): LiveListState => this.current;

  /** Follows the list until the returned function is called. */
  readonly follow = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    clearTimeout(this.ending);
    this.unsubscribe ??= this.live.subscribe({
      request: () => this.request,
      restart: () => {
        // What is shown stays until the server has sent everything again; objects deleted meanwhile vanish then.
        this.objects = new Map();
        this.synced = false;
      },
      receive: event => this.receive(event),
    });
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.ending = setTimeout(() => this.end(), LINGER_MS);
    };
  };

  private receive(event: LiveEvent) {
    if (event.type === 'ERROR') {
      const error = new Error(event.status.message ?? 'The server ended this list');
      this.publish({ ...this.current, loading: false, error });
      return;
    }
    if (event.type === 'ADDED' || event.type === 'MODIFIED')
      this.objects.set(event.object.metadata.uid, event.object);
    if (event.type === 'DELETED') this.objects.delete(event.object.metadata.uid);
    if (event.type === 'SYNCED') this.synced = true;
    if (!this.synced || this.publishing) return;
    this.publishing = setTimeout(() => {
      this.publishing = undefined;
      if (this.synced) this.publish({ items: byName(this.objects), loading: false });
    }, FRAME_MS);
  }

  private publish(state: LiveListState) {
    this.current = state;
    this.listeners.forEach(listener => listener());
  }

  private end() {
    clearTimeout(this.publishing);
    this.unsubscribe?.();
    this.ended();
  }
}

function byName(objects: Map<string, Resource>): Resource[] {
  return [...objects.values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

const lists = new WeakMap<LiveConnection, Map<string, LiveList>>();

/** The list of a subscription: the same one for every view that asks for the same objects. */
export function liveListOf(live: LiveConnection, request: ObjectSubscription): LiveList {
  const known = lists.get(live) ?? new Map<string, LiveList>();
  lists.set(live, known);
  const key = JSON.stringify(request);
  const list = known.get(key) ?? new LiveList(live, request, () => known.delete(key));
  known.set(key, list);
  return list;
}
