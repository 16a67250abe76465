import { platformKinds } from '@krate/plugin-control-plane-common';
import { forgeKinds } from '@krate/plugin-forge-common';
import { kindConformanceCases } from '@krate/resource-model';
import { agentKinds } from '.';

const alsoInstalled = [...platformKinds, ...forgeKinds].map(({ kind }) => kind);

describe('the kinds of agents', () => {
  it.each(kindConformanceCases(agentKinds, { alsoInstalled, explained: true }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
