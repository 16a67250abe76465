import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { PortableStore, PostgresResourceStore, SqliteResourceStore } from '@krate/resource-store';
import { Knex } from 'knex';

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
