import { onEachDatabase } from './onEachDatabase';
import { crashesAroundEffects } from './stories/crashesAroundEffects';
import { crashesAt } from './stories/crashesAt';

jest.setTimeout(180_000);

onEachDatabase('a server that crashes', database => {
  it('keeps every promise before and after the commit, and before the reply', async () => {
    const story = crashesAt(
      'krate:store:before-commit',
      'krate:store:after-commit',
      'krate:store:before-reply',
    );
    const { violations, acknowledged } = await story({ seed: 1, database: database() });
    expect(violations).toEqual([]);
    expect(acknowledged).toBeGreaterThan(45);
  });

  it('performs every effect once, whichever of its steps it crashes between', async () => {
    const steps = ['recorded', 'begun', 'performed', 'finished'].map(step => `krate:effects:${step}`);
    const times = await crashesAroundEffects(steps, { seed: 2, database: database() });
    expect(times).toEqual(Array(16).fill(1));
  });
});
