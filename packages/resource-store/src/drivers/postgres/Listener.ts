import { Connections } from './Connections';
import { PgConnection, Session } from './Session';

/** What `pg` hands over of a notification. */
interface Notification {
  payload?: string;
}

/**
 * Keeps a connection that listens on one channel. A notification is a hint: it is lost while the connection is, so whoever
 * relies on it also looks by himself.
 */
export class Listener {
  private connection?: PgConnection;
  private stopped = false;

  constructor(
    private readonly connections: Connections,
    private readonly channel: string,
    private readonly heard: (payload: string) => void,
  ) {}

  /** Listens, anew when the connection was lost. Rejects with `unavailable`. */
  async ensure(): Promise<void> {
    if (this.connection || this.stopped) return;
    const { connections, channel } = this;
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
    this.connection = connection;
    if (this.stopped) await this.letGo();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.letGo();
  }

  private readonly told = (notification?: Notification) => this.heard(notification?.payload ?? '');

  private readonly lost = () => {
    void this.letGo();
  };

  private async letGo(): Promise<void> {
    const { connection, connections } = this;
    if (!connection) return;
    this.connection = undefined;
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
