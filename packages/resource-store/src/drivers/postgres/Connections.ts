import { clearTimeout, setTimeout } from 'node:timers';
import type { Knex } from 'knex';
import { StoreError } from '../../ResourceStore';
import { PgConnection, Session } from './Session';
import { unavailable } from './unavailable';

/** The part of knex that hands out raw connections; prepared statements go past its query builder. */
interface Pool {
  acquireConnection(): Promise<PgConnection>;
  releaseConnection(connection: PgConnection): Promise<void>;
}

/** How a transaction is opened. */
export type TransactionMode = 'READ WRITE' | 'REPEATABLE READ READ ONLY';

/** Lends connections of the pool, each for one piece of work. */
export class Connections {
  private readonly pool: Pool;
  private readonly working = new Set<Promise<unknown>>();

  constructor(
    knex: Knex,
    private readonly timeoutMs: number,
  ) {
    this.pool = knex.client as Pool;
  }

  /** Rejects with `unavailable` when there is no connection in time. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const running = this.lend(work);
    this.working.add(running);
    try {
      return await running;
    } finally {
      this.working.delete(running);
    }
  }

  /**
   * Opens a transaction, which `work` ends itself when it writes: see {@link commit}. Whatever is left open is rolled back.
   * `first` is sent in the same round trip; its rows are handed to `work`.
   */
  async transaction<Row, T>(
    mode: TransactionMode,
    first: string,
    work: (session: Session, rows: Row[]) => Promise<T>,
  ): Promise<T> {
    return this.use(async session => {
      try {
        const rows = await session.script<Row>([...this.opening(mode), first]);
        return await work(session, rows);
      } finally {
        await rollback(session);
      }
    });
  }

  /** A connection that is kept. The caller gives it back with {@link release}. */
  async keep(): Promise<PgConnection> {
    return this.acquire();
  }

  /** Runs statements on a kept connection. */
  on(connection: PgConnection): Session {
    return new Session(connection, this.timeoutMs);
  }

  async release(connection: PgConnection): Promise<void> {
    await this.pool.releaseConnection(connection);
  }

  /** Resolves when nothing is being worked on. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.working);
  }

  /**
   * A process that freezes inside a transaction must not keep its locks: the server ends it. Nobody waits for a lock longer
   * than for an answer.
   */
  private opening(mode: TransactionMode): string[] {
    const begin = mode === 'READ WRITE' ? 'BEGIN' : `BEGIN ISOLATION LEVEL ${mode}`;
    const limits = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    return [begin, ...limits.map(limit => `SET LOCAL ${limit} = ${Math.round(this.timeoutMs)}`)];
  }

  private async lend<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const connection = await this.acquire();
    try {
      return await work(new Session(connection, this.timeoutMs));
    } finally {
      await this.release(connection);
    }
  }

  private async acquire(): Promise<PgConnection> {
    let timer: NodeJS.Timeout | undefined;
    const acquiring = this.pool.acquireConnection();
    const late = new Promise<'late'>(resolve => {
      timer = setTimeout(() => resolve('late'), this.timeoutMs);
    });
    try {
      const first = await Promise.race([acquiring, late]);
      if (first !== 'late') return first;
    } catch (error) {
      throw unavailable(error, 'The database cannot be reached');
    } finally {
      clearTimeout(timer);
    }
    acquiring.then(
      connection => this.release(connection),
      () => undefined, // whoever asked was told already
    );
    throw new StoreError('unavailable', `The database gave no connection within ${this.timeoutMs} ms`);
  }
}

/** Sessions whose transaction was committed: there is nothing left to roll back. */
const ended = new WeakSet<Session>();

/** Makes what the transaction did last; when the answer is lost nobody knows whether it did. */
export async function commit(session: Session): Promise<void> {
  try {
    await session.script(['COMMIT']);
    ended.add(session);
  } catch (error) {
    session.discard(error);
    throw unavailable(error, 'The answer to the commit was lost');
  }
}

async function rollback(session: Session): Promise<void> {
  if (ended.has(session) || session.connection.__knex__disposed) return;
  try {
    await session.script(['ROLLBACK']);
  } catch (error) {
    // The server rolls back by itself when the connection is cut.
    session.discard(error);
  }
}
