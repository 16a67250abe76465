import { StructuralSchema } from '@krate/resource-model';
import { Manifest } from './Manifest';
import { faultsOf } from './validateManifest';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    kind: { type: 'string' },
    metadata: { type: 'object', properties: { name: { type: 'string' } } },
    spec: {
      type: 'object',
      required: ['color'],
      properties: {
        color: { type: 'string', enum: ['red', 'blue'] },
        size: { type: 'integer', maximum: 3, default: 1 },
      },
    },
  },
};

function faults(text: string, answered?: { reason: string; message: string; field?: string }[]) {
  const manifest = new Manifest(text);
  return faultsOf(manifest, schema, { needsName: true, answered }).map(
    ({ path, message, range }) => `${path.join('.')}: ${message} @${text.slice(range.from, range.to)}`,
  );
}
const NAMED = 'metadata:\n  name: a\n';

describe('faultsOf', () => {
  it.each([
    { reason: 'nothing is wrong; defaults are filled in', text: `${NAMED}spec:\n  color: red\n`, want: [] },
    {
      reason: 'a status is left to the controllers',
      text: `${NAMED}spec:\n  color: red\nstatus: 3\n`,
      want: [],
    },
    {
      reason: 'a name is missing',
      text: 'metadata: {}\nspec:\n  color: red\n',
      want: ['metadata.name: A name is needed @metadata'],
    },
    {
      reason: 'a field is missing',
      text: `${NAMED}spec:\n  size: 2\n`,
      want: ['spec.color: Is needed @spec'],
    },
    {
      reason: 'a field is misspelt',
      text: `${NAMED}spec:\n  color: red\n  colour: red\n`,
      want: ['spec.colour: There is no such field @red'],
    },
    {
      reason: 'a value is too great',
      text: `${NAMED}spec:\n  color: red\n  size: 9\n`,
      want: ['spec.size: Should be less than or equal to 3 @9'],
    },
  ])('$reason', ({ text, want }) => {
    expect(faults(text)).toEqual(want);
  });

  it('has what the server answered at the same fields', () => {
    const answer = [
      { reason: 'CROSS_ORG_REF_DENIED', message: 'not of this organization', field: 'spec.color' },
    ];
    expect(faults(`${NAMED}spec:\n  color: red\n`, answer)).toEqual([
      'spec.color: Not of this organization @red',
    ]);
  });

  it('reads no further than a text that is no YAML', () => {
    expect(faults('spec: [1')).toHaveLength(1);
  });
});
