import { describeOnPostgres, TestPostgres, testPostgres } from '@krate/test-postgres';

/** Describes the same on SQLite and, where there is one, on PostgreSQL. */
export function onEachDatabase(title: string, body: (database: () => string | undefined) => void): void {
  describe(`${title}, on SQLite`, () => {
    body(() => undefined);
  });
  describeOnPostgres(`${title}, on PostgreSQL`, () => {
    let server: TestPostgres;
    beforeAll(async () => {
      server = await testPostgres();
    }, 90_000);
    afterAll(() => server.dispose(), 90_000);
    body(() => server.url);
  });
}
