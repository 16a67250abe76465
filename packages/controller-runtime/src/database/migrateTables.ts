import { readdirSync } from 'node:fs';
import { Knex } from 'knex';

/** One step of a schema. */
export interface TableMigration {
  name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

export interface TablesToMigrate {
  /** What the tables hold, for messages. */
  what: string;
  /** Where the steps that were taken are recorded. Default knex's own, `knex_migrations`. */
  tableName?: string;
  /** The steps, in order; or the folder that has them as files. */
  migrations: readonly TableMigration[] | { directory: string };
}

/** Refuses to work on a schema that a later release has made. */
export class NewerDatabaseError extends Error {
  constructor(what: string, unknown: readonly string[]) {
    super(
      `The database of ${what} was upgraded by a newer release (${unknown.join(', ')}), which this one does not know; run that release, or restore the backup from before the upgrade`,
    );
    this.name = 'NewerDatabaseError';
  }
}

/**
 * Brings tables up to date: numbered steps, each in a transaction together with the record that it was taken. Safe at every
 * start:
 *
 * - Several processes may start at once on a PostgreSQL: one migrates, the others wait and find nothing left to do.
 * - A process that died half way leaves a step undone and a lock behind. Whoever holds the database's own lock knows that
 *   nobody migrates, takes the stale one away, and goes on.
 * - A database that a newer release has upgraded is refused with {@link NewerDatabaseError} and left as it is.
 */
export async function migrateTables(knex: Knex, tables: TablesToMigrate): Promise<void> {
  await alone(knex, async () => {
    await assertKnown(knex, tables);
    const config = migratorConfig(tables);
    await knex.migrate.forceFreeMigrationsLock(config);
    await knex.migrate.latest(config);
  });
}

async function assertKnown(knex: Knex, { what, tableName = 'knex_migrations', migrations }: TablesToMigrate) {
  if (!(await knex.schema.hasTable(tableName))) return;
  const known = new Set(
    'directory' in migrations ? readdirSync(migrations.directory) : migrations.map(({ name }) => name),
  );
  const taken: string[] = await knex(tableName).orderBy('id').pluck('name');
  const unknown = taken.filter(name => !known.has(name));
  if (unknown.length > 0) throw new NewerDatabaseError(what, unknown);
}

function migratorConfig({ tableName, migrations }: TablesToMigrate): Knex.MigratorConfig {
  if ('directory' in migrations) return { directory: migrations.directory, ...(tableName && { tableName }) };
  return {
    tableName,
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: (migration: TableMigration) => migration.name,
      getMigration: async (migration: TableMigration) => migration,
    },
  };
}

/** Holds a lock of the database meanwhile; where one process owns the database there is nobody to keep out. */
async function alone(knex: Knex, work: () => Promise<void>): Promise<void> {
  if (knex.client.config.client !== 'pg') {
    await work();
    return;
  }
  await knex.transaction(async lock => {
    await lock.raw(`select pg_advisory_xact_lock(hashtext('krate migrations ' || current_schema()))`);
    await work();
  });
}
