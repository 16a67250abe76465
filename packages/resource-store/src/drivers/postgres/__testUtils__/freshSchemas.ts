import { randomUUID } from 'node:crypto';
import knexFactory, { Knex } from 'knex';
import { testPostgres, TestPostgres } from '@krate/test-postgres';

/** Gives each test of a file an empty schema in a shared server; both are gone when the file is through. */
export function freshSchemas(): { create(options?: { name?: string }): Promise<Knex>; url(): string } {
  let server: TestPostgres;
  const making = new Map<string, Promise<void>>();
  beforeAll(async () => {
    server = await testPostgres();
  }, 90_000);
  afterAll(async () => {
    const knex = knexFactory({ client: 'pg', connection: server.url });
    for (const schema of making.keys()) await knex.raw('drop schema ?? cascade', [schema]);
    await knex.destroy();
    await server.dispose();
  }, 90_000);
  return {
    url: () => server.url,
    create: async ({ name = `krate_${randomUUID().replaceAll('-', '')}` } = {}) => {
      const knex = knexFactory({ client: 'pg', connection: server.url, searchPath: [name] });
      making.set(name, making.get(name) ?? knex.raw('create schema ??', [name]).then(() => undefined));
      await making.get(name);
      return knex;
    },
  };
}
