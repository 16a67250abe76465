import { describeOnPostgres } from '@krate/test-postgres';
import knexFactory, { Knex } from 'knex';
import { postgresSchema } from '../__testUtils__/postgresSchema';
import { migrateTables, TableMigration } from './migrateTables';

jest.setTimeout(60_000);

const step = (name: string, up: (knex: Knex) => Promise<void>): TableMigration => ({
  name,
  up,
  down: async () => undefined,
});
const FIRST = step('001_things', knex => knex.schema.createTable('thing', table => void table.text('name')));
const SECOND = step('002_color', knex =>
  knex.schema.alterTable('thing', table => void table.text('color').notNullable().defaultTo('red')),
);
const BROKEN = step('002_color', async knex => {
  await SECOND.up(knex);
  throw new Error('the machine died');
});
const tables = (...migrations: TableMigration[]) => ({
  what: 'things',
  tableName: 'thing_migrations',
  migrations,
});

/** What an upgrade promises, whatever the database. */
function upgradeGuarantees(connect: () => Promise<Knex>): void {
  it('takes the steps that are missing, once, and keeps what is there', async () => {
    const knex = await connect();
    await migrateTables(knex, tables(FIRST));
    await knex('thing').insert({ name: 'a' });
    await migrateTables(knex, tables(FIRST, SECOND));
    await migrateTables(knex, tables(FIRST, SECOND));
    await expect(knex('thing')).resolves.toEqual([{ name: 'a', color: 'red' }]);
  });

  it('undoes a step that did not come to its end, and takes it again at the next start', async () => {
    const knex = await connect();
    await migrateTables(knex, tables(FIRST));
    await expect(migrateTables(knex, tables(FIRST, BROKEN))).rejects.toThrow('the machine died');
    await expect(knex.schema.hasColumn('thing', 'color')).resolves.toBe(false);
    await migrateTables(knex, tables(FIRST, SECOND));
    await expect(knex.schema.hasColumn('thing', 'color')).resolves.toBe(true);
  });

  it('is not kept out by the lock of a process that was killed', async () => {
    const knex = await connect();
    await migrateTables(knex, tables(FIRST));
    await knex('thing_migrations_lock').update({ is_locked: 1 });
    await migrateTables(knex, tables(FIRST, SECOND));
    await expect(knex.schema.hasColumn('thing', 'color')).resolves.toBe(true);
  });

  it('refuses what a newer release has made, says so, and leaves it alone', async () => {
    const knex = await connect();
    await migrateTables(knex, tables(FIRST, SECOND));
    await expect(migrateTables(knex, tables(FIRST))).rejects.toThrow(
      'The database of things was upgraded by a newer release (002_color), which this one does not know',
    );
    await expect(knex('thing_migrations').pluck('name')).resolves.toEqual(['001_things', '002_color']);
  });
}

describe('migrateTables on SQLite', () => {
  let knex: Knex;
  afterEach(() => knex.destroy());
  upgradeGuarantees(async () => {
    knex = knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    return knex;
  });
});

describeOnPostgres('migrateTables on PostgreSQL', () => {
  const schema = postgresSchema();
  upgradeGuarantees(() => schema.connect());

  it('lets several processes start at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => schema.connect()));
    await Promise.all(all.map(knex => migrateTables(knex, tables(FIRST, SECOND))));
    await expect(all[0]('thing_migrations').pluck('name')).resolves.toEqual(['001_things', '002_color']);
  });
});
