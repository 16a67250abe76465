import type { Knex } from 'knex';
import { HistoryLimit } from '../sqlite/SqliteResourceStoreOptions';

export interface PostgresResourceStoreOptions {
  /**
   * Connects to the database (client `pg`); the tables are kept in its current schema. The pool stays the caller's: it is
   * shared with whatever else he does, and he destroys it after the store is closed. The store keeps one connection for
   * itself, to listen; writes use one more at a time, reads one each.
   */
  knex: Knex;
  historyLimit?: HistoryLimit;
  /** Time between two compactions by the history limit, in seconds. Default 60. */
  compactEverySeconds?: number;
  /** How long a connection, a lock or the answer to a statement may take before it counts as away, in milliseconds. Default 5000. */
  timeoutMs?: number;
  /** How often to look for writes of other processes without being told, in milliseconds. Default 1000. */
  pollMs?: number;
  /**
   * Whether to LISTEN for writes of other processes. Default true. Off where connections cannot be held (PgBouncer in
   * transaction mode); then such writes are seen with the next poll.
   */
  listen?: boolean;
  /** Rows that one statement of a list or of catching up reads. Default 250. */
  batch?: number;
  /**
   * The table, in the same schema, that holds the leases of {@link Fence}: columns `name` and `epoch`. Default
   * `krate_lease`. Only read, and only for writes with a fence.
   */
  leaseTable?: string;
  /** Receives errors of what runs by itself (following other processes, compaction), once per outage. Default: a process warning. */
  onBackgroundError?: (error: unknown) => void;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
}
