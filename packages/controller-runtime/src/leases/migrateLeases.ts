import { Knex } from 'knex';
import { migrateTables, TableMigration } from '../database/migrateTables';

/** In order; a released migration is never changed, a later one corrects it. */
const MIGRATIONS: readonly TableMigration[] = [
  {
    name: '001_leases',
    async up(knex) {
      await knex.schema.createTable('krate_lease', table => {
        table.comment('Which process may act; the epoch grows with every holder');
        table.text('name').primary();
        table.text('holder').notNullable().comment('For people');
        table.bigInteger('epoch').notNullable();
        table.timestamp('expires_at', { useTz: true }).notNullable();
      });
    },
    async down(knex) {
      await knex.schema.dropTable('krate_lease');
    },
  },
];

/** Creates or upgrades the table of leases in a PostgreSQL. Safe to call at every start. */
export async function migrateLeases(knex: Knex): Promise<void> {
  await migrateTables(knex, { what: 'leases', tableName: 'krate_lease_migrations', migrations: MIGRATIONS });
}
