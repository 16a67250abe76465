interface OpenConnection {
  id: string;
  send(message: Record<string, unknown>): void;
  /** The connection breaks. */
  drop(): void;
}

/** The server's side of the live connection, played by a test: it answers `fetch` and sends what the test says. */
export class ScriptedServer {
  readonly connections: OpenConnection[] = [];
  /** Bodies of the subscription requests, in order, with the connection they were for. */
  readonly requests: { connection: string; subscribe: any[]; unsubscribe: string[] }[] = [];
  /** Answer to the next subscription requests. */
  subscriptionStatus = 200;
  /** Connection attempts that fail before one succeeds. */
  refuseConnections = 0;

  readonly fetch = (async (url: string, init: RequestInit = {}) => {
    const [, connection] = /\/live\/(.+)$/.exec(url) ?? [];
    if (connection) {
      this.requests.push({ connection, ...JSON.parse(String(init.body)) });
      return { ok: this.subscriptionStatus === 200, status: this.subscriptionStatus };
    }
    if (this.refuseConnections > 0) {
      this.refuseConnections--;
      throw new Error('connection refused');
    }
    return { ok: true, status: 200, body: this.open(init.signal ?? undefined) };
  }) as unknown as typeof fetch;

  get last(): OpenConnection {
    return this.connections[this.connections.length - 1];
  }

  private open(signal?: AbortSignal): ReadableStream<Uint8Array> {
    const id = `c${this.connections.length + 1}`;
    return new ReadableStream<Uint8Array>({
      start: controller => {
        const send = (message: Record<string, unknown>) =>
          controller.enqueue(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
        this.connections.push({ id, send, drop: () => controller.error(new Error('connection reset')) });
        signal?.addEventListener('abort', () => {
          try {
            controller.error(new Error('aborted'));
          } catch {
            // Closed before.
          }
        });
        send({ type: 'connected', id });
      },
    });
  }
}
