import knexFactory, { Knex } from 'knex';
import { migrateDatabase } from '../migrateDatabase';

/** A migrated database as Backstage hands one to the plugin, in memory. Destroyed by the test. */
export async function testDatabase(): Promise<Knex> {
  const knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  await knex.raw('PRAGMA foreign_keys = ON');
  await migrateDatabase(knex);
  return knex;
}
