import { changesIn, hunksOf, lineDiff } from './lineDiff';

const SIGN = { same: ' ', removed: '-', added: '+' };
const told = (before: string, after: string) =>
  lineDiff(before, after).map(({ type, text }) => SIGN[type] + text);

describe('lineDiff', () => {
  it.each([
    { reason: 'nothing changed', before: 'a\nb\n', after: 'a\nb\n', want: [' a', ' b'] },
    { reason: 'a line more', before: 'a\nc', after: 'a\nb\nc', want: [' a', '+b', ' c'] },
    { reason: 'a line less', before: 'a\nb\nc', after: 'a\nc', want: [' a', '-b', ' c'] },
    { reason: 'a line replaced', before: 'a\nb\nc', after: 'a\nx\nc', want: [' a', '-b', '+x', ' c'] },
    {
      reason: 'two places',
      before: 'a\nb\nc\nd',
      after: 'x\nb\nc\ny',
      want: ['-a', '+x', ' b', ' c', '-d', '+y'],
    },
    { reason: 'from nothing', before: '', after: 'a', want: ['+a'] },
  ])('$reason', ({ before, after, want }) => {
    expect(told(before, after)).toEqual(want);
  });

  it('numbers the lines of both sides', () => {
    expect(lineDiff('a\nb', 'b\nc')).toEqual([
      { type: 'removed', text: 'a', before: 1 },
      { type: 'same', text: 'b', before: 2, after: 1 },
      { type: 'added', text: 'c', after: 2 },
    ]);
  });

  it('shows changed lines with what is around them', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
    const lines = lineDiff(before, before.replace('line 10', 'changed'));
    expect(changesIn(lines)).toEqual({ added: 1, removed: 1 });
    expect(hunksOf(lines).map(line => line?.text ?? '…')).toEqual([
      '…', 'line 7', 'line 8', 'line 9', 'line 10', 'changed', 'line 11', 'line 12', 'line 13', '…',
    ]); // prettier-ignore
  });
});
