import { clearTimeout, setTimeout } from 'node:timers';
import type { Knex } from 'knex';
import { channelOf } from './channelOf';
import { Connections } from './Connections';
import { Listener } from './Listener';
import { Statement } from './Session';

const NOTIFY: Statement = { name: 'krate_signal', text: 'SELECT pg_notify($1, $2)' };
const TIMEOUT_MS = 5000;
/** How often a lost connection is sought again. */
const RETRY_MS = 2000;

/**
 * Short messages between the processes that share a database, to all of them, the sender included. Nothing is kept: who does
 * not listen at the moment never hears it.
 */
export class PostgresSignals {
  private readonly connections: Connections;
  private listener?: Listener;
  private channel?: string;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  /** @param name - of the signal; processes hear those of the same name in the same schema */
  constructor(
    knex: Knex,
    private readonly name: string,
    private readonly heard: (message: string) => void,
  ) {
    this.connections = new Connections(knex, TIMEOUT_MS);
  }

  /** Resolves when it listens, or could not at first; then it goes on trying. */
  async start(): Promise<void> {
    try {
      this.listener ??= new Listener(this.connections, await this.ownChannel(), this.heard);
      await this.listener.ensure();
    } catch {
      // Away: sought again below. Signals are hints, and whoever sends one finds out by himself.
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.start(), RETRY_MS);
    this.timer.unref();
  }

  /** Rejects with `unavailable`. At most 8000 bytes. */
  async send(message: string): Promise<void> {
    const channel = await this.ownChannel();
    await this.connections.use(session => session.run(NOTIFY, [channel, message]));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.listener?.stop();
  }

  private async ownChannel(): Promise<string> {
    this.channel ??= await this.connections.use(session => channelOf(session, this.name));
    return this.channel;
  }
}
