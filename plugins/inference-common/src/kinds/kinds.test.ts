import { kindConformanceCases } from '@krate/resource-model';
import { inferenceKinds } from '.';

/** Named, not imported: an area does not depend on another for a reference. The start, and the generator, hold that they are there. */
const alsoInstalled = ['Secret'];

describe('the kinds of inference', () => {
  it.each(kindConformanceCases(inferenceKinds, { alsoInstalled, explained: true }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
