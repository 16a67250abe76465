import { merge3 } from './merge3';

describe('merge3', () => {
  const base = { spec: { color: 'red', size: 1, tags: ['a'], gone: 1 } };
  it.each([
    {
      reason: 'each changed another field',
      mine: { color: 'blue' },
      theirs: { size: 2 },
      want: { color: 'blue', size: 2 },
    },
    { reason: 'they added a field', mine: {}, theirs: { added: true }, want: { added: true } },
    {
      reason: 'they took a field out',
      mine: { color: 'blue' },
      theirs: { gone: undefined },
      want: { color: 'blue', gone: undefined },
    },
    {
      reason: 'I took a field out',
      mine: { gone: undefined },
      theirs: { size: 2 },
      want: { gone: undefined, size: 2 },
    },
    {
      reason: 'both changed it alike',
      mine: { color: 'blue' },
      theirs: { color: 'blue' },
      want: { color: 'blue' },
    },
  ])('$reason', ({ mine, theirs, want }) => {
    const edit = (change: object) => JSON.parse(JSON.stringify({ spec: { ...base.spec, ...change } }));
    expect(merge3(base, edit(mine), edit(theirs))).toEqual({ value: edit(want), conflicts: [] });
  });

  it('keeps mine where both changed a field, and says so', () => {
    const { value, conflicts } = merge3(
      base,
      { spec: { ...base.spec, tags: ['m'] } },
      { spec: { ...base.spec, tags: ['t'] } },
    );
    expect(value).toMatchObject({ spec: { tags: ['m'] } });
    expect(conflicts).toEqual(['spec.tags']);
  });
});
