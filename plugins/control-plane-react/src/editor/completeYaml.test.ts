import { StructuralSchema } from '@krate/resource-model';
import { keySuggestions, placeAt, valueSuggestions } from './completeYaml';

const text = { type: 'string' } as const;
const schema: StructuralSchema = {
  type: 'object',
  properties: {
    kind: text,
    metadata: {
      type: 'object',
      properties: { name: text, labels: { type: 'object', additionalProperties: text } },
    },
    spec: {
      type: 'object',
      required: ['color'],
      properties: {
        size: { type: 'integer' },
        color: { type: 'string', enum: ['red', 'blue'] },
        hidden: { type: 'boolean' },
        tags: { type: 'array', items: { type: 'string', enum: ['old', 'new'] } },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: text,
              bolts: { type: 'array', items: { type: 'object', properties: { steel: text } } },
            },
          },
        },
      },
    },
  },
};

/** `|` is the cursor. */
function at(marked: string) {
  const position = marked.indexOf('|');
  return placeAt(marked.replace('|', ''), position, schema);
}
const keys = (marked: string) => keySuggestions(at(marked)!).map(({ label }) => label);

describe('completion of a manifest', () => {
  it.each([
    { reason: 'the top level', text: 'kind: A\n|', want: ['metadata', 'spec'] },
    {
      reason: 'an object, what it needs first',
      text: 'spec:\n  |',
      want: ['color', 'size', 'hidden', 'tags', 'parts'],
    },
    {
      reason: 'not what stands there, above or below',
      text: 'spec:\n  color: red\n  |\n  tags: []\n',
      want: ['size', 'hidden', 'parts'],
    },
    { reason: 'an item of a list', text: 'spec:\n  parts:\n    - |', want: ['name', 'bolts'] },
    {
      reason: 'a list at the column of its key',
      text: 'spec:\n  parts:\n  - name: a\n    |',
      want: ['bolts'],
    },
    {
      reason: 'a later item',
      text: 'spec:\n  parts:\n    - name: a\n      bolts: []\n    - |',
      want: ['name', 'bolts'],
    },
    {
      reason: 'a list in a list',
      text: 'spec:\n  parts:\n    - name: a\n      bolts:\n        - |',
      want: ['steel'],
    },
    {
      reason: 'a key on the line of a dash',
      text: 'spec:\n  parts:\n    - bolts:\n        - st|',
      want: ['steel'],
    },
    {
      reason: 'after a list was left',
      text: 'spec:\n  parts:\n    - name: a\n  |',
      want: ['color', 'size', 'hidden', 'tags'],
    },
  ])('offers keys: $reason', ({ text: marked, want }) => {
    expect(keys(marked)).toEqual(want);
  });

  it.each([
    { reason: 'one of few', text: 'spec:\n  color: r|', want: ['red', 'blue'] },
    { reason: 'yes or no', text: 'spec:\n  hidden: |', want: ['true', 'false'] },
    { reason: 'an item that is a value', text: 'spec:\n  tags:\n    - |', want: ['old', 'new'] },
    { reason: 'a text is free', text: 'metadata:\n  name: |', want: [] },
  ])('offers values: $reason', ({ text: marked, want }) => {
    const place = at(marked)!;
    expect(place.at).toBe('value');
    expect(valueSuggestions(place).map(({ label }) => label)).toEqual(want);
  });

  it('begins where the word begins, and has nothing to say inside a text', () => {
    expect(at('spec:\n  col|')!.from).toBe(8);
    expect(at('spec:\n  color: red and |')).toBeUndefined();
    expect(at('# a com|')).toBeUndefined();
  });
});
