import { platformKinds } from '@krate/plugin-control-plane-common';
import { kindConformanceCases } from '@krate/resource-model';
import { forgeKinds } from '.';

const alsoInstalled = platformKinds.map(({ kind }) => kind);

describe('the kinds of forge', () => {
  it.each(kindConformanceCases(forgeKinds, { alsoInstalled }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
