import { randomUUID } from 'node:crypto';
import knexFactory, { Knex } from 'knex';
import { migrateDatabase } from '../migrateDatabase';

/**
 * A migrated database as Backstage hands one to the plugin: SQLite in memory, or a schema of its own in the PostgreSQL that
 * `KRATE_TEST_DATABASE_URL` names. Destroyed by the test.
 */
export async function testDatabase(): Promise<Knex> {
  const knex = process.env.KRATE_TEST_DATABASE_URL
    ? await postgresSchema(process.env.KRATE_TEST_DATABASE_URL)
    : await sqliteInMemory();
  await migrateDatabase(knex);
  return knex;
}

async function sqliteInMemory(): Promise<Knex> {
  const knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  await knex.raw('PRAGMA foreign_keys = ON');
  return knex;
}

async function postgresSchema(connection: string): Promise<Knex> {
  const schema = `krate_${randomUUID().replaceAll('-', '')}`;
  const knex = knexFactory({ client: 'pg', connection, searchPath: [schema] });
  await knex.raw('create schema ??', [schema]);
  return knex;
}
