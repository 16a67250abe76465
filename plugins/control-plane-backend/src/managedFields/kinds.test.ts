import { structuralSchemaOf } from '@krate/resource-model';
import { platformKinds } from '@krate/plugin-control-plane-common';
import { applyConfiguration } from './applyConfiguration';
import { trackUpdate } from './trackUpdate';

const cases = platformKinds.flatMap(kind =>
  kind.examples.map(example => ({ kind, name: kind.kind, example })),
);
const time = '2026-01-01T00:00:00Z';

describe.each(cases)('ownership of $name', ({ kind, example }) => {
  const base = { schema: structuralSchemaOf(kind), apiVersion: kind.apiVersion, time };

  it('an example applied twice changes nothing the second time', () => {
    const live = applyConfiguration({ ...base, applied: example, manager: 'alice' });
    const { managedFields, ...metadata } = live.metadata as Record<string, unknown>;
    const { status, ...configuration } = example;
    expect({ ...live, metadata }).toEqual(configuration);
    expect(applyConfiguration({ ...base, live, applied: example, manager: 'alice' })).toBe(live);
  });

  it('an example created and put again keeps its entries', () => {
    const managedFields = trackUpdate({ ...base, after: example, manager: 'alice' });
    const before = { ...example, metadata: { ...(example.metadata as object), managedFields } };
    expect(trackUpdate({ ...base, before, after: before, manager: 'bob' })).toEqual(managedFields);
  });
});
