import { lineAtOffset } from './lineAtOffset';

describe('lineAtOffset', () => {
  it.each([
    { reason: 'the start', lines: ['ab', 'c'], offset: 0, want: 0 },
    { reason: 'a line end belongs to its line', lines: ['ab', 'c'], offset: 2, want: 0 },
    { reason: 'the next line', lines: ['ab', 'c'], offset: 3, want: 1 },
    { reason: 'bytes, not characters', lines: ['é', 'c'], offset: 3, want: 1 },
    { reason: 'beyond the end: the last line', lines: ['a'], offset: 99, want: 0 },
    { reason: 'nothing written', lines: [], offset: 0, want: 0 },
  ])('$reason', ({ lines, offset, want }) => expect(lineAtOffset(lines, offset)).toBe(want));
});
