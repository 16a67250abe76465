import { Knex } from 'knex';
import { migrateTables, TableMigration } from '../database/migrateTables';

/** In order; a released migration is never changed, a later one corrects it. */
const MIGRATIONS: readonly TableMigration[] = [
  {
    name: '001_effects',
    async up(knex) {
      await knex.schema.createTable('krate_effects', table => {
        table.comment('Intents to act on the outside world, and what became of them');
        table.text('id').primary().comment('owner uid / effect name / key');
        table.text('name').notNullable();
        table.text('key').notNullable();
        table
          .boolean('keyed')
          .notNullable()
          .comment('The key was given; otherwise it stands for a generation');
        table.text('owner_kind').notNullable();
        table.text('owner_namespace');
        table.text('owner_name').notNullable();
        table.text('owner_uid').notNullable().index('krate_effects_owner_uid_idx');
        table.text('input').comment('JSON');
        table.text('state').notNullable().index('krate_effects_state_idx');
        table.text('result').comment('JSON');
        table.text('progress').comment('JSON');
        table.text('error').comment('JSON: code, message, retryable');
        table.boolean('cancel_requested').notNullable().defaultTo(false);
        table.integer('attempts').notNullable().defaultTo(0).comment('How often perform was started');
        table
          .integer('failures')
          .notNullable()
          .defaultTo(0)
          .comment('Failures so far of observe and perform');
        table.bigInteger('next_at').notNullable().comment('Not to be tried before; ms since the epoch');
        table.bigInteger('created_at').notNullable();
        table.bigInteger('started_at');
        table.bigInteger('finished_at');
      });
    },
    async down(knex) {
      await knex.schema.dropTable('krate_effects');
    },
  },
];

/** Creates or upgrades the table of effects. Safe to call at every start. */
export async function migrateEffects(knex: Knex): Promise<void> {
  await migrateTables(knex, {
    what: 'effects',
    tableName: 'krate_effects_migrations',
    migrations: MIGRATIONS,
  });
}
