import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { drained, Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import type { Response } from 'express';
import { Authenticated } from '../identity/Authenticator';

const MAX_SUBSCRIPTIONS = 500;

/** What runs behind one subscription. */
export interface Feed {
  /** Sends until it has nothing more to send, fails, or the signal aborts. */
  run(send: (event: string) => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Throws when the principal may no longer read this. */
  recheck(): Promise<void>;
}

/**
 * The server's end of a tab's one connection: newline-delimited JSON, many feeds, one writer. A feed waits until the line
 * before is taken, so that a slow browser slows the feeds and not the memory; a feed that fell behind resumes by itself.
 */
export class LiveConnection {
  readonly id = randomUUID();
  private readonly feeds = new Map<string, { feed: Feed; abort: AbortController }>();
  private closed = false;

  constructor(
    private readonly response: Response,
    readonly authenticated: Authenticated,
    private readonly logger: LoggerService,
  ) {}

  get principal(): Principal {
    return this.authenticated.principal;
  }

  open(): void {
    this.response.status(200).set({
      'Content-Type': 'application/x-ndjson',
      // Nothing on the way may compress or collect what is sent.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.response.flushHeaders();
    // Every feed may wait for the same socket.
    this.response.setMaxListeners(0);
    this.response.once('close', () => this.close());
    void this.write(JSON.stringify({ type: 'connected', id: this.id }));
  }

  /** Starts a feed; one of the same id is replaced. */
  subscribe(id: string, feed: Feed): void {
    this.unsubscribe(id);
    if (this.closed) return;
    if (this.feeds.size >= MAX_SUBSCRIPTIONS) {
      void this.fail(
        id,
        new ApiError('TooManyRequests', `One connection takes at most ${MAX_SUBSCRIPTIONS} subscriptions`),
      );
      return;
    }
    const abort = new AbortController();
    this.feeds.set(id, { feed, abort });
    const prefix = `{"id":${JSON.stringify(id)},`;
    const send = (event: string) =>
      abort.signal.aborted ? Promise.resolve() : this.write(`${prefix}${event.slice(1)}`);
    feed.run(send, abort.signal).catch(error => this.end(id, abort, error));
  }

  unsubscribe(id: string): void {
    this.feeds.get(id)?.abort.abort();
    this.feeds.delete(id);
  }

  /** Says that the connection lives, and ends what may no longer be read. */
  async heartbeat(): Promise<void> {
    await this.write('{"type":"heartbeat"}');
    for (const [id, { feed, abort }] of [...this.feeds]) {
      await feed.recheck().catch(error => this.end(id, abort, error));
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    [...this.feeds.keys()].forEach(id => this.unsubscribe(id));
    this.response.end();
  }

  /** For a tab that does not read: nothing said to it would arrive. */
  cutOff(): void {
    this.close();
    this.response.destroy();
  }

  private async end(id: string, abort: AbortController, error: unknown): Promise<void> {
    if (abort.signal.aborted) return;
    if (this.feeds.get(id)?.abort === abort) this.unsubscribe(id);
    await this.fail(id, error);
  }

  private fail(id: string, error: unknown): Promise<void> {
    if (!(error instanceof ApiError)) this.logger.error('A live subscription failed', error as Error);
    const refusal =
      error instanceof ApiError
        ? error
        : new ApiError('InternalError', 'The subscription ended; the log of the server says more');
    return this.write(JSON.stringify({ id, type: 'ERROR', status: refusal.toStatus() }));
  }

  private async write(line: string): Promise<void> {
    if (this.closed || this.response.destroyed) return;
    if (this.response.write(`${line}\n`)) return;
    await drained(this.response);
  }
}
