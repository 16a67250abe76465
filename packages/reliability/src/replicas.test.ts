import { describeOnPostgres, TestPostgres, testPostgres } from '@krate/test-postgres';
import { frozenHolder } from './stories/frozenHolder';
import { rollingRestart } from './stories/rollingRestart';

jest.setTimeout(180_000);

describeOnPostgres('two servers on one PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await testPostgres();
  }, 90_000);
  afterAll(() => server.dispose(), 90_000);

  it('lose nothing when they are restarted one after the other, to clients and watchers that move between them', async () => {
    const { violations, acknowledged } = await rollingRestart({ seed: 1, database: server.url });
    expect(violations).toEqual([]);
    expect(acknowledged).toBeGreaterThan(60);
  });

  it('perform every effect once while the one that acts is frozen past its lease and thawed', async () => {
    const { violations, performed } = await frozenHolder({ seed: 1, database: server.url });
    expect(violations).toEqual([]);
    expect(performed).toEqual(Array(24).fill(1));
  });
});
