import { clearTimeout, setTimeout } from 'node:timers';
import { StoreEvent } from '../../ResourceStore';
import { EventHub } from '../../watch/EventHub';
import { Connections } from './Connections';
import { PostgresHistory } from './PostgresHistory';
import { PgConnection, Session } from './Session';

/**
 * Brings the events of every process into this one's hub, in revision order and each once.
 *
 * Its own commits it is given; what others committed it reads. It looks when it is told (LISTEN), and every so often
 * unasked, since a notification is lost with its connection. One step at a time: events are always published from where
 * the hub stands.
 */
export class Tailer {
  private chain: Promise<unknown> = Promise.resolve();
  private queued = false;
  private listening?: PgConnection;
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private failing = false;

  constructor(
    private readonly options: {
      hub: EventHub;
      history: PostgresHistory;
      connections: Connections;
      channel: string;
      pollMs: number;
      listen: boolean;
      onError(error: unknown): void;
    },
  ) {}

  async start(): Promise<void> {
    await this.look();
  }

  /** Lets go of the connection and resolves when nothing is being read. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.chain;
    await this.stopListening();
  }

  /** Reads what is new. Rejects when the database does not answer. */
  async advance(): Promise<void> {
    // Whoever asks while a step is still waiting for its turn is served by that step.
    if (this.queued) {
      await this.chain;
      return;
    }
    this.queued = true;
    await this.next(() => {
      this.queued = false;
      return this.readAll();
    });
  }

  /** Publishes what this process has just committed, after everything before it. */
  async committed(events: readonly StoreEvent[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await this.next(() => this.publishOwn(events));
    } catch {
      // The commit stands whether or not it can be told here now: the next look finds it.
    }
  }

  private next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.chain.then(step);
    this.chain = done.catch(() => undefined);
    return done;
  }

  private async publishOwn(events: readonly StoreEvent[]): Promise<void> {
    const { hub } = this.options;
    const first = events[0].revision;
    if (hub.revision() < first - 1) await this.readAll();
    const unseen = events.filter(({ revision }) => revision > hub.revision());
    if (unseen.length > 0 && unseen[0].revision === hub.revision() + 1) hub.publish(unseen);
  }

  private async readAll(): Promise<void> {
    const { hub, history } = this.options;
    for (;;) {
      const { events, revision, compacted } = await history.after(hub.revision());
      // Further away than history reaches, or a database that was restored from a backup: nobody here can go on.
      const known = hub.revision();
      const connected = events.length > 0 ? events[0].revision === known + 1 : revision === known;
      if (connected) hub.publish(events);
      else hub.restart(revision);
      hub.compact(compacted);
      if (hub.revision() >= revision || events.length === 0) return;
    }
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      if (this.options.listen) await this.listen();
      await this.advance();
      this.failing = false;
    } catch (error) {
      if (!this.failing && !this.stopped) this.options.onError(error);
      this.failing = true;
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look(), this.options.pollMs);
    this.timer.unref();
  }

  private async listen(): Promise<void> {
    if (this.listening) return;
    const { connections, channel } = this.options;
    const connection = await connections.keep();
    try {
      await connections.on(connection).script([`LISTEN "${channel}"`]);
    } catch (error) {
      await connections.release(connection);
      throw error;
    }
    connection.on('notification', this.told);
    connection.on('end', this.lost);
    connection.on('error', this.lost);
    this.listening = connection;
    if (this.stopped) await this.stopListening();
  }

  private readonly told = () => {
    // A failure shows at the next look.
    this.advance().catch(() => undefined);
  };

  private readonly lost = () => {
    void this.stopListening();
  };

  private async stopListening(): Promise<void> {
    const { connections } = this.options;
    const connection = this.listening;
    if (!connection) return;
    this.listening = undefined;
    connection.off('notification', this.told);
    connection.off('end', this.lost);
    connection.off('error', this.lost);
    // The next one to borrow it is not interested.
    if (!connection.__knex__disposed) await unlisten(connections.on(connection));
    await connections.release(connection);
  }
}

async function unlisten(session: Session): Promise<void> {
  try {
    await session.script(['UNLISTEN *']);
  } catch (error) {
    session.discard(error);
  }
}
