import { linesAfterClick, parseLines } from './lineRange';

describe('the lines of an address', () => {
  it.each([
    ['12', { first: 12, last: 12 }],
    ['12-20', { first: 12, last: 20 }],
    ['20-12', { first: 12, last: 20 }],
    ['', undefined],
    ['x', undefined],
    ['-3', undefined],
    ['1-2-3', undefined],
  ])('%j', (text, want) => expect(parseLines(text)).toEqual(want));

  it.each([
    { reason: 'a click points to one line', current: { first: 3, last: 5 }, extend: false, want: '9' },
    { reason: 'with Shift to all from the first', current: { first: 3, last: 5 }, extend: true, want: '3-9' },
    { reason: 'also upwards', current: { first: 12, last: 12 }, extend: true, want: '9-12' },
    { reason: 'nothing to extend', current: undefined, extend: true, want: '9' },
  ])('$reason', ({ current, extend, want }) => expect(linesAfterClick(current, 9, extend)).toBe(want));
});
