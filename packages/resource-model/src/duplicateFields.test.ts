import fc from 'fast-check';
import { duplicateFields } from './duplicateFields';

describe('duplicateFields', () => {
  it.each([
    { reason: 'nothing', text: '{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', want: [] },
    { reason: 'a field', text: '{"a":1,"a":2}', want: ['a'] },
    { reason: 'a field that is there three times', text: '{"a":1,"a":2,"a":3}', want: ['a'] },
    { reason: 'a nested field', text: '{"spec":{"a":{},"b":1, "a" : null}}', want: ['spec.a'] },
    { reason: 'a field of an item', text: '{"l":[1,{"a":1},{"a":[],"a":2}]}', want: ['l[2].a'] },
    { reason: 'what is written in two ways', text: '{"a":1,"\\u0061":2}', want: ['a'] },
    { reason: 'no text that looks like a field', text: '{"a":"\\"a\\":1,{\\"a\\"","b":"}{"}', want: [] },
    { reason: 'no JSON of a single value', text: '"a"', want: [] },
  ])('finds $reason', ({ text, want }) => {
    expect(duplicateFields(text)).toEqual(want);
  });

  it('finds nothing in what was written from a value', () => {
    fc.assert(
      fc.property(fc.json(), text => expect(duplicateFields(JSON.stringify(JSON.parse(text)))).toEqual([])),
    );
  });
});
