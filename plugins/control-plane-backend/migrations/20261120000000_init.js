/** What the control plane keeps beside its resources: tokens, streams and the audit trail. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('krate_token', table => {
    table.comment('Opaque bearer tokens; only their hash is kept');
    table.string('id', 36).primary();
    table.string('hash', 64).notNullable().unique().comment('sha256 of the token, hexadecimal');
    table.string('purpose', 16).notNullable();
    table.text('principal').notNullable().comment('JSON');
    table.string('principal_key', 512).notNullable().index().comment('Equal for equal principals');
    table.text('description').notNullable();
    table.bigInteger('created_at').notNullable().comment('Milliseconds since 1970');
    table.bigInteger('expires_at').nullable();
    table.bigInteger('last_used_at').nullable();
  });
  await knex.schema.createTable('krate_stream', table => {
    table.comment('Append-only byte streams of objects');
    table.string('id', 36).primary();
    table.string('resource', 253).notNullable();
    table.string('namespace', 253).notNullable();
    table.string('name', 253).notNullable();
    table.string('uid', 64).notNullable();
    table.string('stream', 63).notNullable();
    table.bigInteger('length').notNullable().defaultTo(0).comment('Bytes');
    table.boolean('sealed').notNullable().defaultTo(false);
    table.string('digest', 71).nullable().comment('sha256:<hex>, once sealed');
    table.unique(['resource', 'namespace', 'name', 'uid', 'stream']);
  });
  await knex.schema.createTable('krate_stream_chunk', table => {
    table.string('stream_id', 36).notNullable().references('id').inTable('krate_stream').onDelete('CASCADE');
    table.bigInteger('offset').notNullable().comment('Of the first byte');
    table.binary('data').notNullable().comment('At most 64 KiB');
    table.primary(['stream_id', 'offset']);
  });
  await knex.schema.createTable('krate_audit_event', table => {
    table.comment('Append-only: every mutation and every denial');
    table.bigIncrements('id');
    table.bigInteger('time').notNullable().comment('Milliseconds since 1970');
    table.string('principal', 512).notNullable();
    table.string('action', 128).notNullable();
    table.string('resource', 1024).nullable().comment('Kind/namespace/name');
    table.string('organization', 63).nullable();
    table.string('outcome', 16).notNullable();
    table.text('details').nullable().comment('JSON');
    table.index(['organization', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('krate_audit_event');
  await knex.schema.dropTable('krate_stream_chunk');
  await knex.schema.dropTable('krate_stream');
  await knex.schema.dropTable('krate_token');
};
