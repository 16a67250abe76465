/** What programs asked to do for a person and that person has to agree to. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('krate_action_request', table => {
    table.comment('One row per action that waits, or waited, for the word of the person it would act for');
    table.string('id', 36).primary();
    table.string('login', 512).notNullable();
    table.string('organization', 63).notNullable();
    table.string('action', 100).notNullable();
    table.text('input').notNullable().comment('JSON, as it was checked; done exactly so or not at all');
    table.bigInteger('asked_at').notNullable().comment('Milliseconds since 1970');
    table.bigInteger('expires_at').notNullable();
    table.string('decision', 10).nullable().comment('approve or deny');
    table.bigInteger('decided_at').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('krate_action_request');
};
