import { z } from 'zod';
import { defineKind } from './defineKind';
import { validateObject } from './validateObject';

const Strict = defineKind({
  ...{ kind: 'Strict', plural: 'stricts', area: 'test', storage: 'config', summary: 'For tests.' },
  ...{ writableBy: 'developer', examples: [] },
  spec: z.object({
    color: z.string().max(3).optional(),
    place: z.object({ row: z.int().max(9).optional(), shelf: z.string() }).optional(),
    ports: z
      .array(z.object({ port: z.int(), name: z.string().max(3).optional() }))
      .optional()
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port'] }),
    steps: z.array(z.string().max(3)).optional(),
  }),
});

const object = (spec: object) => ({
  apiVersion: Strict.apiVersion,
  kind: 'Strict',
  metadata: { name: 'one' },
  spec: { organizationRef: 'acme', ...spec },
});
const faults = (before: object, after: object) =>
  validateObject(Strict, object(after), { old: object(before) }).map(({ field }) => field);

describe('an update of an object that a stricter schema would refuse', () => {
  it.each([
    { reason: 'a field', before: { color: 'purple' }, after: { color: 'purple', steps: ['a'] } },
    {
      reason: 'a field of an object',
      before: { place: { row: 10, shelf: 'a' } },
      after: { place: { row: 10, shelf: 'b' } },
    },
    {
      reason: 'an item of a list map that moved',
      before: { ports: [{ port: 1, name: 'long' }] },
      after: { ports: [{ port: 2 }, { port: 1, name: 'long' }] },
    },
    { reason: 'a whole list', before: { steps: ['long'] }, after: { steps: ['long'], color: 'red' } },
  ])('may leave $reason as it is', ({ before, after }) => {
    expect(faults(before, after)).toEqual([]);
  });

  it.each([
    { reason: 'changed', before: { color: 'purple' }, after: { color: 'violet' }, at: 'spec.color' },
    { reason: 'new', before: {}, after: { color: 'purple' }, at: 'spec.color' },
    {
      reason: 'in a list without keys that changed',
      before: { steps: ['long'] },
      after: { steps: ['long', 'b'] },
      at: 'spec.steps[0]',
    },
    {
      reason: 'missing, as it was before',
      before: { place: { row: 1 } },
      after: { place: { row: 1 } },
      at: 'spec.place.shelf',
    },
  ])('is refused for what is $reason', ({ before, after, at }) => {
    expect(faults(before, after)).toEqual([at]);
  });
});
