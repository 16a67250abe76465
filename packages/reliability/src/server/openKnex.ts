import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { ServerSettings } from './ServerSettings';

/** The plugin's database, as Backstage would hand it over. */
export function openKnex({ directory, database }: Pick<ServerSettings, 'directory' | 'database'>): Knex {
  if (database) {
    const { url, schema } = database;
    return knexFactory({
      client: 'pg',
      connection: url,
      searchPath: [schema],
      log: { warn: () => undefined },
    });
  }
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: join(directory, 'plugin.sqlite'),
    useNullAsDefault: true,
  });
  knex.client.pool.on('createSuccess', (_: unknown, connection: { pragma(text: string): void }) => {
    connection.pragma('foreign_keys = ON');
  });
  return knex;
}
