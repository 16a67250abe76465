import { Resource } from '@krate/resource-model';

/** Which objects a view follows. */
export interface ObjectSubscription {
  group: string;
  resource: string;
  namespace?: string;
  name?: string;
  /** Kubernetes selector syntax: `a=b,c in (d,e)`. */
  labelSelector?: string;
  fieldSelector?: string;
  /** Follow from here, without what exists. */
  resourceVersion?: string;
}

/** Which stream a view follows, and from which byte. */
export interface StreamSubscription {
  stream: { resource: string; namespace: string; name: string; stream: string };
  offset: number;
}

export type LiveEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: Resource }
  /** Everything that existed has been sent; what follows are changes. */
  | { type: 'SYNCED' }
  | { type: 'DATA'; data: string; offset: number }
  | { type: 'SEALED' }
  | { type: 'ERROR'; status: { reason?: string; message?: string; code?: number } };

interface Subscription {
  request(): ObjectSubscription | StreamSubscription;
  receive(event: LiveEvent): void;
  /**
   * The connection was lost and made anew, or (`expired`) the server no longer has the version the request names. The
   * request is sent again; one without a version gets all objects again, up to SYNCED.
   */
  restart(why: 'lost' | 'expired'): void;
}

export type LiveState = 'connecting' | 'live' | 'lost';

type Fetch = typeof fetch;

interface Connection {
  /** Given by the server; absent while there is no connection. */
  id?: string;
  /** Ends the connection for good. */
  abort: AbortController;
  /** Gives up the present attempt; the next one follows. */
  reconnect?(): void;
  /** Delay before the next attempt, in milliseconds. */
  retry: number;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
/** The server sends a heartbeat every 15 s; three missed ones mean a dead connection that TCP has not noticed. */
const SILENCE_MS = 45_000;

/**
 * The one connection over which a browser tab gets all its live data. Views subscribe and unsubscribe; the connection
 * opens with the first and closes a moment after the last, reconnects with back-off, and resumes every subscription.
 */
export class LiveConnection {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly listeners = new Set<(state: LiveState) => void>();
  private pending: { subscribe: Map<string, Subscription>; unsubscribe: Set<string> } = {
    subscribe: new Map(),
    unsubscribe: new Set(),
  };
  private connection?: Connection;
  private nextId = 1;
  private flushing = false;
  private current: LiveState = 'connecting';

  constructor(
    private readonly baseUrl: () => Promise<string>,
    private readonly fetch: Fetch,
  ) {}

  get state(): LiveState {
    return this.current;
  }

  onState(listener: (state: LiveState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Starts a subscription; the returned function ends it. */
  subscribe(subscription: Subscription): () => void {
    const id = String(this.nextId++);
    this.subscriptions.set(id, subscription);
    this.pending.subscribe.set(id, subscription);
    if (this.connection) this.flushSoon();
    else void this.run();
    return () => {
      this.subscriptions.delete(id);
      if (!this.pending.subscribe.delete(id)) this.pending.unsubscribe.add(id);
      this.flushSoon();
      this.closeWhenIdle();
    };
  }

  private setState(state: LiveState) {
    if (state === this.current) return;
    this.current = state;
    this.listeners.forEach(listener => listener(state));
  }

  private closeWhenIdle() {
    if (this.subscriptions.size > 0) return;
    // A change of page unsubscribes and subscribes again within a moment; keep the connection for it.
    setTimeout(() => {
      if (this.subscriptions.size === 0) this.connection?.abort.abort();
    }, 2000);
  }

  private async run(): Promise<void> {
    const connection: Connection = { abort: new AbortController(), retry: FIRST_RETRY_MS };
    this.connection = connection;
    while (this.subscriptions.size > 0 && !connection.abort.signal.aborted) {
      try {
        await this.connectOnce(connection);
      } catch {
        // Shown through the state; the loop is the remedy.
      }
      connection.id = undefined;
      if (this.subscriptions.size === 0 || connection.abort.signal.aborted) break;
      this.setState('lost');
      await new Promise(resolve => setTimeout(resolve, connection.retry * (0.75 + Math.random() / 2)));
      connection.retry = Math.min(connection.retry * 2, LAST_RETRY_MS);
      this.subscriptions.forEach(subscription => subscription.restart('lost'));
      this.pending = { subscribe: new Map(this.subscriptions), unsubscribe: new Set() };
    }
    this.connection = undefined;
    this.pending = { subscribe: new Map(this.subscriptions), unsubscribe: new Set() };
    if (this.subscriptions.size > 0) void this.run();
  }

  private async connectOnce(connection: Connection) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    connection.reconnect = stop;
    connection.abort.signal.addEventListener('abort', stop);
    let silence = setTimeout(stop, SILENCE_MS);
    try {
      const response = await this.fetch(`${await this.baseUrl()}/live`, { signal: attempt.signal });
      if (!response.ok || !response.body) throw new Error(`live connection refused: ${response.status}`);
      for await (const line of lines(response.body, attempt.signal)) {
        clearTimeout(silence);
        silence = setTimeout(stop, SILENCE_MS);
        this.receive(connection, JSON.parse(line));
      }
    } finally {
      clearTimeout(silence);
      connection.abort.signal.removeEventListener('abort', stop);
    }
  }

  private receive(connection: Connection, message: LiveEvent & { id?: string | number }) {
    if ((message.type as string) === 'connected') {
      connection.id = String(message.id);
      this.setState('live');
      this.flushSoon();
      return;
    }
    if (message.id === undefined) return;
    const id = String(message.id);
    const subscription = this.subscriptions.get(id);
    if (!subscription) return;
    if (message.type === 'ERROR' && message.status.code === 410) {
      // The server's history does not reach back far enough: begin anew with what exists.
      subscription.restart('expired');
      this.pending.subscribe.set(id, subscription);
      this.flushSoon();
      return;
    }
    subscription.receive(message);
  }

  /** Collects the subscriptions of one render into one request. */
  private flushSoon() {
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    const connection = this.connection;
    if (!connection?.id) return;
    const { subscribe, unsubscribe } = this.pending;
    if (subscribe.size === 0 && unsubscribe.size === 0) return;
    this.pending = { subscribe: new Map(), unsubscribe: new Set() };
    const body = {
      subscribe: [...subscribe].map(([id, subscription]) => ({ id, ...subscription.request() })),
      unsubscribe: [...unsubscribe],
    };
    try {
      const response = await this.fetch(`${await this.baseUrl()}/live/${connection.id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`The server did not accept the subscription (${response.status})`);
      connection.retry = FIRST_RETRY_MS;
    } catch (error) {
      const status = { message: (error as Error).message };
      subscribe.forEach(subscription => subscription.receive({ type: 'ERROR', status }));
      // The server may have forgotten this connection; a new one subscribes to everything again.
      connection.reconnect?.();
    }
  }
}

async function* lines(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const complete = rest.split('\n');
      rest = complete.pop()!;
      yield* complete.filter(Boolean);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
