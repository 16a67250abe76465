import { kindConformanceCases } from '@krate/resource-model';
import { policyKinds } from '.';

/** Named, not imported: an area does not depend on another for a reference. The start, and the generator, hold that they are there. */
const alsoInstalled = ['Job', 'Pipeline', 'PullRequest', 'Repository'];

describe('the kinds of policy', () => {
  it.each(kindConformanceCases(policyKinds, { alsoInstalled, explained: true }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
