import { kindConformanceCases } from '@krate/resource-model';
import { platformKinds } from '.';

describe('the kinds of control-plane', () => {
  it.each(kindConformanceCases(platformKinds, { explained: true }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
