import { Gadget, Repository } from './__fixtures__/sampleKinds';
import { applyDefaults } from './applyDefaults';
import { structuralSchemaOf } from './structuralSchemaOf';

const full = {
  mode: 'fast',
  size: 3,
  peers: [],
  env: {},
  retry: { times: 2, delay: '5s' },
  steps: [],
  tags: [],
};

describe('applyDefaults', () => {
  it.each([
    { reason: 'fills what is absent', given: {}, want: full },
    { reason: 'keeps what is there', given: { size: 9 }, want: { ...full, size: 9 } },
    {
      reason: 'fills inside given objects',
      given: { retry: { times: 7 } },
      want: { ...full, retry: { times: 7, delay: '5s' } },
    },
    { reason: 'null counts as absent', given: { size: null }, want: full },
    { reason: 'null without a default is dropped', given: { homepage: null, env: { A: null } }, want: full },
    {
      reason: 'null inside free content stays',
      given: { settings: { a: null } },
      want: { ...full, settings: { a: null } },
    },
    { reason: 'leaves wrong types to validation', given: { retry: 'no' }, want: { ...full, retry: 'no' } },
  ])('$reason', ({ given, want }) => {
    const once = applyDefaults(structuralSchemaOf(Gadget), { spec: given });
    expect(once).toEqual({ spec: want });
    expect(applyDefaults(structuralSchemaOf(Gadget), once)).toEqual(once);
  });

  it('gives an absent spec when nothing in it is required', () => {
    expect(applyDefaults(structuralSchemaOf(Repository), {})).toEqual({ spec: {} });
  });

  it('drops the nulls Go clients send in metadata', () => {
    const given = { metadata: { name: 'x', creationTimestamp: null, labels: null } };
    expect(applyDefaults(structuralSchemaOf(Repository), given)).toEqual({
      metadata: { name: 'x' },
      spec: {},
    });
  });

  it('does not share default values between objects', () => {
    const one = applyDefaults(structuralSchemaOf(Gadget), { spec: {} }) as { spec: { tags: string[] } };
    one.spec.tags.push('x');
    expect(applyDefaults(structuralSchemaOf(Gadget), { spec: {} })).toEqual({ spec: full });
  });
});
