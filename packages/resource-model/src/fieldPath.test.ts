import { Gadget } from './__fixtures__/sampleKinds';
import { findValues, parsePath, schemaAt, valueAt } from './fieldPath';
import { structuralSchemaOf } from './structuralSchemaOf';

const object = {
  metadata: { labels: { 'krate.a5c.ai/run': 'r1' } },
  spec: { tags: ['a', 'b'], steps: [{ name: 'x' }, { name: 'y', image: null }, {}], env: { A: '1', B: '2' } },
};

describe('field paths', () => {
  it('split at dots, not inside brackets', () => {
    expect(parsePath("metadata.labels['krate.a5c.ai/run']")).toEqual([
      'metadata',
      'labels',
      'krate.a5c.ai/run',
    ]);
  });

  it.each([
    {
      reason: 'a scalar',
      path: "metadata.labels['krate.a5c.ai/run']",
      want: [['metadata.labels.krate.a5c.ai/run', 'r1']],
    },
    {
      reason: 'items of a list',
      path: 'spec.tags',
      want: [
        ['spec.tags[0]', 'a'],
        ['spec.tags[1]', 'b'],
      ],
    },
    {
      reason: 'fields of items',
      path: 'spec.steps.name',
      want: [
        ['spec.steps[0].name', 'x'],
        ['spec.steps[1].name', 'y'],
      ],
    },
    {
      reason: 'entries of a map',
      path: 'spec.env.*',
      want: [
        ['spec.env.A', '1'],
        ['spec.env.B', '2'],
      ],
    },
    { reason: 'null is no value', path: 'spec.steps.image', want: [] },
    { reason: 'an absent field', path: 'status.phase.x', want: [] },
    { reason: 'no field of Object.prototype', path: 'spec.constructor', want: [] },
  ])('find $reason', ({ path, want }) => {
    expect(findValues(object, path).map(found => [found.path, found.value])).toEqual(want);
  });

  it('read one value', () => {
    expect(valueAt(object, 'spec.env.A')).toBe('1');
    expect(valueAt(object, 'spec.steps.name')).toBeUndefined();
  });

  it('lead through the schema', () => {
    expect(schemaAt(structuralSchemaOf(Gadget), 'spec.steps.name')).toMatchObject({
      type: 'string',
      minLength: 1,
    });
    expect(schemaAt(structuralSchemaOf(Gadget), 'spec.env.ANY')).toEqual({ type: 'string' });
    expect(schemaAt(structuralSchemaOf(Gadget), 'spec.nope')).toBeUndefined();
  });
});
