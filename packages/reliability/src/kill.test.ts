import { onEachDatabase } from './onEachDatabase';
import { killedAtRandom } from './stories/killedAtRandom';

jest.setTimeout(180_000);

// More seeds by command: see the README.
onEachDatabase('a server that is killed under load', database => {
  it.each([1, 2, 3, 4, 5])('keeps what it acknowledged, seed %i', async seed => {
    const { violations, acknowledged } = await killedAtRandom({ seed, database: database() });
    expect(violations).toEqual([]);
    expect(acknowledged).toBeGreaterThan(30);
  });
});
