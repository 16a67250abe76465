/** Makes the audit trail a chain of hashes, and scopes it by an organization's uid instead of its name. */

const FIRST = '0'.repeat(64);

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('krate_audit_event', table => {
    table
      .string('organization_uid', 64)
      .nullable()
      .comment('Absent for rows from before, and for no organization');
    table
      .string('hash', 64)
      .nullable()
      .comment('sha256 of the hash before and of this row; absent for rows from before');
    table.index(['organization_uid', 'id']);
    table.index(['time']);
  });
  await knex.schema.createTable('krate_audit_chain', table => {
    table.comment('One row: where the chain begins and ends. Locked by whoever adds to it');
    table.integer('id').primary();
    table
      .bigInteger('start_id')
      .notNullable()
      .comment('The last row without a hash: from before there was a chain');
    table.bigInteger('last_id').notNullable();
    table.string('hash', 64).notNullable().comment('Of the row last_id');
    table.bigInteger('pruned_id').notNullable().comment('The last row that retention removed; 0 for none');
    table.string('pruned_hash', 64).notNullable().comment('Of that row: where verification begins');
    table.bigInteger('pruned_at').nullable().comment('Milliseconds since 1970');
  });
  const [{ last }] = await knex('krate_audit_event').max({ last: 'id' });
  const before = Number(last ?? 0);
  await knex('krate_audit_chain').insert({
    id: 1,
    start_id: before,
    last_id: before,
    hash: FIRST,
    pruned_id: 0,
    pruned_hash: FIRST,
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('krate_audit_chain');
  await knex.schema.alterTable('krate_audit_event', table => {
    table.dropIndex(['time']);
    table.dropIndex(['organization_uid', 'id']);
    table.dropColumn('hash');
    table.dropColumn('organization_uid');
  });
};
