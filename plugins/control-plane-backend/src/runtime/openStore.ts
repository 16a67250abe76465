import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { PortableStore, PostgresResourceStore, SqliteResourceStore } from '@krate/resource-store';
import { Knex } from 'knex';

/** After this long without an answer a statement has failed; without a bound it would wait for as long as TCP does. */
const QUERY_TIMEOUT_MS = 15_000;

/**
 * Opens the store of resources beside the plugin's own tables: in the PostgreSQL that `backend.database` names, else in a file
 * of the data directory.
 */
export async function openStore(options: {
  knex: Knex;
  dataDirectory: string;
  logger: LoggerService;
}): Promise<PortableStore> {
  const { knex, dataDirectory, logger } = options;
  if (!isPostgres(knex)) return SqliteResourceStore.open({ file: join(dataDirectory, 'resources.sqlite') });
  return PostgresResourceStore.open({
    knex,
    onBackgroundError: error => logger.warn(`The database is not reached: ${(error as Error).message}`),
  });
}

/** Whether the plugin's database is a PostgreSQL, which several processes share. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** Bounds every statement from now on, unless the configuration does. */
export function boundStatements(knex: Knex): void {
  if (!isPostgres(knex)) return;
  const { pool } = knex.client as { pool: Pool };
  pool.on('acquireSuccess', (_id, { connectionParameters }) => {
    if (connectionParameters) connectionParameters.query_timeout ||= QUERY_TIMEOUT_MS;
  });
}

/** The part of knex's pool that tells of a connection before it is lent. */
interface Pool {
  on(
    event: 'acquireSuccess',
    listener: (id: number, connection: { connectionParameters?: { query_timeout?: number | false } }) => void,
  ): void;
}
