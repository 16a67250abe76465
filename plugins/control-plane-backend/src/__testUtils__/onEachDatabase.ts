import { Knex } from 'knex';
import { migrateDatabase } from '../migrateDatabase';
import { testDatabase } from '../testing/testDatabase';
import { onPostgres } from './onPostgres';

/** Runs the same tests on SQLite and on a real PostgreSQL; each `open` gives an empty, migrated database. */
export function onEachDatabase(title: string, body: (open: () => Promise<Knex>) => void): void {
  describe(`${title} on SQLite`, () => {
    body(testDatabase);
  });
  onPostgres(`${title} on PostgreSQL`, create =>
    body(async () => {
      const knex = await create();
      await migrateDatabase(knex);
      return knex;
    }),
  );
}
