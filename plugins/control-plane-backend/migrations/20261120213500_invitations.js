/** The single-use links of invitations, and who accepted with them. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('krate_invitation', table => {
    table.comment('One row per invitation that has, or had, a link; of the link only its hash is kept');
    table.string('invite_uid', 64).primary();
    table.string('namespace', 253).notNullable();
    table.string('name', 253).notNullable();
    table.string('hash', 64).nullable().unique().comment('sha256 of the link’s token, hexadecimal');
    table
      .bigInteger('made_at')
      .notNullable()
      .comment('When the present link was made; milliseconds since 1970');
    table.bigInteger('mailed_at').nullable();
    table.bigInteger('accepted_at').nullable();
    table.string('accepted_by', 512).nullable().comment('The login');
    table.string('user', 253).nullable().comment('The User they become');
    table.text('display_name').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('krate_invitation');
};
