import { Gadget, Secret } from './__fixtures__/sampleKinds';

describe('defineKind', () => {
  it.each([
    {
      kind: Gadget,
      want: {
        group: 'krate.a5c.ai',
        version: 'v1alpha1',
        apiVersion: 'krate.a5c.ai/v1alpha1',
        resource: 'gadgets.krate.a5c.ai',
        flat: false,
      },
    },
    { kind: Secret, want: { group: '', version: 'v1', apiVersion: 'v1', resource: 'secrets', flat: true } },
  ])('fills in the names of $kind.kind', ({ kind, want }) => {
    expect(kind).toMatchObject(want);
  });

  it('gives every status what controllers report', () => {
    expect(Object.keys(Gadget.statusSchema.shape)).toEqual([
      'phase',
      'runs',
      'lastRun',
      'observedGeneration',
      'conditions',
    ]);
  });
});
