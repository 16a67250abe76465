import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { migrateTables } from '@krate/controller-runtime';
import { Knex } from 'knex';

/** Brings the plugin's own database (tokens, streams, audit trail) to the present schema. */
export async function migrateDatabase(knex: Knex): Promise<void> {
  await migrateTables(knex, {
    what: 'the control plane',
    migrations: { directory: resolvePackagePath('@krate/plugin-control-plane-backend', 'migrations') },
  });
}
