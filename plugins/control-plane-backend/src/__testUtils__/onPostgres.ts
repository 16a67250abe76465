import { randomUUID } from 'node:crypto';
import { describeOnPostgres, testPostgres, TestPostgres } from '@krate/test-postgres';
import knexFactory, { Knex } from 'knex';

/** Runs tests on a real PostgreSQL, where there is one; each `create` gives an empty schema, or the one of that name again. */
export function onPostgres(title: string, body: (create: (schema?: string) => Promise<Knex>) => void): void {
  describeOnPostgres(title, () => {
    let server: TestPostgres;
    const schemas = new Set<string>();
    beforeAll(async () => {
      server = await testPostgres();
    }, 90_000);
    afterAll(async () => {
      const knex = knexFactory({ client: 'pg', connection: server.url });
      for (const schema of schemas) await knex.raw('drop schema if exists ?? cascade', [schema]);
      await knex.destroy();
      await server.dispose();
    }, 90_000);

    body(async (schema = `krate_${randomUUID().replaceAll('-', '')}`) => {
      const knex = knexFactory({ client: 'pg', connection: server.url, searchPath: [schema] });
      if (!schemas.has(schema)) await knex.raw('create schema ??', [schema]);
      schemas.add(schema);
      return knex;
    });
  });
}
