import { onEachDatabase } from './onEachDatabase';
import { crashesWhileMigrating } from './stories/crashesWhileMigrating';

jest.setTimeout(180_000);

onEachDatabase('a server that is killed while it makes its tables', database => {
  // More moments by command: `npm run reliability -- migrate --seeds 50`.
  it('goes on from there at the next start, seed 1', async () => {
    const { violations, acknowledged } = await crashesWhileMigrating({ seed: 1, database: database() });
    expect(violations).toEqual([]);
    expect(acknowledged).toBeGreaterThan(15);
  });
});
