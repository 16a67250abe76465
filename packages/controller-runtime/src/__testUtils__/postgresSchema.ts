import { randomUUID } from 'node:crypto';
import { testPostgres, TestPostgres } from '@krate/test-postgres';
import knexFactory, { Knex } from 'knex';

/** An empty schema of a real PostgreSQL for each test; `connect` opens it once more, as another process would. */
export function postgresSchema(): { connect(): Promise<Knex> } {
  let server: TestPostgres;
  let schema: string;
  const pools: Knex[] = [];
  const connect = (searchPath?: string[]) => {
    const knex = knexFactory({ client: 'pg', connection: server.url, searchPath });
    pools.push(knex);
    return knex;
  };
  beforeAll(async () => {
    server = await testPostgres();
  }, 90_000);
  beforeEach(async () => {
    schema = `krate_${randomUUID().replaceAll('-', '')}`;
    await connect().raw('create schema ??', [schema]);
  });
  afterEach(async () => {
    await pools[0].raw('drop schema ?? cascade', [schema]);
    await Promise.all(pools.splice(0).map(pool => pool.destroy()));
  });
  afterAll(() => server.dispose(), 90_000);
  return { connect: async () => connect([schema]) };
}
