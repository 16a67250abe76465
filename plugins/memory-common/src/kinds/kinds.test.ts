import { kindConformanceCases } from '@krate/resource-model';
import { memoryKinds } from '.';

/** Named, not imported: an area does not depend on another for a reference. The start, and the generator, hold that they are there. */
const alsoInstalled = ['AgentDispatchRun', 'AgentSession', 'AgentStack', 'PullRequest', 'Repository', 'Team'];

describe('the kinds of memory', () => {
  it.each(kindConformanceCases(memoryKinds, { alsoInstalled, explained: true }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
