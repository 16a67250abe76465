import { Gadget } from './__fixtures__/sampleKinds';
import { JsonObject } from './isObject';
import { pruneObject } from './pruneObject';
import { structuralSchemaOf } from './structuralSchemaOf';

const prune = (object: JsonObject) => pruneObject(structuralSchemaOf(Gadget), object);

describe('pruneObject', () => {
  it.each<{ reason: string; given: JsonObject; want: JsonObject; unknown: string[] }>([
    { reason: 'known fields stay', given: { spec: { size: 1 } }, want: { spec: { size: 1 } }, unknown: [] },
    { reason: 'top level', given: { extra: 1, spec: {} }, want: { spec: {} }, unknown: ['extra'] },
    {
      reason: 'nested',
      given: { spec: { retry: { times: 1, x: 2 } } },
      want: { spec: { retry: { times: 1 } } },
      unknown: ['spec.retry.x'],
    },
    {
      reason: 'inside list items',
      given: { spec: { steps: [{ name: 'a' }, { name: 'b', x: 1 }] } },
      want: { spec: { steps: [{ name: 'a' }, { name: 'b' }] } },
      unknown: ['spec.steps[1].x'],
    },
    {
      reason: 'any key of a map stays',
      given: { spec: { env: { A: '1' } } },
      want: { spec: { env: { A: '1' } } },
      unknown: [],
    },
    {
      reason: 'free content stays whole',
      given: { spec: { settings: { a: { b: [{ c: 1 }] } } } },
      want: { spec: { settings: { a: { b: [{ c: 1 }] } } } },
      unknown: [],
    },
    {
      reason: 'metadata knows the standard fields',
      given: { metadata: { name: 'x', labels: { a: 'b' }, nickname: 'y' } },
      want: { metadata: { name: 'x', labels: { a: 'b' } } },
      unknown: ['metadata.nickname'],
    },
    {
      reason: 'a value of the wrong type is left to validation',
      given: { spec: { retry: 'no' } },
      want: { spec: { retry: 'no' } },
      unknown: [],
    },
    {
      reason: 'names of Object.prototype are no fields',
      given: { spec: { constructor: 1 } },
      want: { spec: {} },
      unknown: ['spec.constructor'],
    },
  ])('$reason', ({ given, want, unknown }) => {
    const before = JSON.stringify(given);
    expect(prune(given)).toEqual({ object: want, unknownFields: unknown });
    expect(JSON.stringify(given)).toBe(before);
  });
});
