/** Earlier states of objects that people or controllers changed, so that a change can be read as a difference. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('krate_revision', table => {
    table.comment('What was wanted of an object, once per change; the newest few of each object');
    table.bigIncrements('id');
    table.string('uid', 64).notNullable();
    table.bigInteger('resource_version').notNullable();
    table.bigInteger('time').notNullable().comment('Milliseconds since 1970');
    table.string('principal', 512).nullable().comment('Absent where it is not known');
    table.string('action', 16).notNullable();
    table
      .text('object')
      .notNullable()
      .comment('JSON as it may be answered, without status and managedFields');
    table.unique(['uid', 'resource_version']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('krate_revision');
};
