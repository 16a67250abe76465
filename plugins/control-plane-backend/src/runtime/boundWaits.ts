import { Knex } from 'knex';
import { isPostgres } from './openStore';

/**
 * After this long without an answer a statement has failed; without a bound it would wait for as long as TCP does. Less than the
 * ten seconds in which a server answers again after the network swallowed everything. Milliseconds, as below.
 */
const QUERY_MS = 8_000;
/** The same for a new connection, which may be taken and never answered. */
const CONNECT_MS = 5_000;
/** After this long the database ends a transaction whose process says nothing any more, and lets go of its locks. */
const IDLE_IN_TRANSACTION_MS = 5_000;

/** What `pg` is given for each new connection. */
interface ConnectionSettings {
  connectionTimeoutMillis?: number;
  idle_in_transaction_session_timeout?: number;
}

/** What `pg` and knex know of a connection. */
interface Connection {
  connectionParameters?: { query_timeout?: number | false };
  /** Whether nothing is under way on it. */
  readyForQuery?: boolean;
  connection?: { stream?: { destroy(): void } };
  /** knex drops such a connection instead of lending it. */
  __knex__disposed?: unknown;
}

/** The part of knex's pool that tells what becomes of connections. */
interface Pool {
  on(event: 'acquireSuccess' | 'createSuccess', listener: (id: number, connection: Connection) => void): void;
  on(event: 'release', listener: (connection: Connection) => void): void;
}

/**
 * Bounds every wait for a PostgreSQL from now on, unless the configuration does: so that nothing here waits for a database that does
 * not answer, and nobody waits for a lock of a process that cannot be reached any more.
 */
export function boundWaits(knex: Knex): void {
  if (!isPostgres(knex)) return;
  const { pool, connectionSettings } = knex.client as { pool: Pool; connectionSettings: ConnectionSettings };
  connectionSettings.connectionTimeoutMillis ||= CONNECT_MS;
  connectionSettings.idle_in_transaction_session_timeout ||= IDLE_IN_TRANSACTION_MS;
  const bounded = new WeakSet<Connection>();
  pool.on('createSuccess', (_id, connection) => bounded.add(connection));
  pool.on('acquireSuccess', (_id, { connectionParameters }) => {
    if (connectionParameters) connectionParameters.query_timeout ||= QUERY_MS;
  });
  pool.on('release', connection => {
    // Made for the migrations, in which one transaction waits idly for the others.
    if (!bounded.has(connection))
      connection.__knex__disposed ??= 'it was for the migrations only, and is replaced';
    // A statement was given up on: the next one would wait behind it, and hear its answer.
    if (connection.readyForQuery === false) discard(connection);
  });
}

function discard(connection: Connection): void {
  connection.__knex__disposed ??= 'it did not answer in time';
  connection.connection?.stream?.destroy();
}
