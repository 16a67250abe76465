/** Lets the audit trail take what writes left to be told, each once. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('krate_audit_chain', table => {
    table
      .string('noted', 128)
      .nullable()
      .comment('The note that was taken last, so that none is taken twice');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('krate_audit_chain', table => {
    table.dropColumn('noted');
  });
};
