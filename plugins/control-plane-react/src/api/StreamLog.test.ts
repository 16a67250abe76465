import { StreamLog } from './StreamLog';

describe('StreamLog', () => {
  it.each([
    { reason: 'whole lines', pieces: [['a\nb\n', 0]], want: ['a', 'b'] },
    {
      reason: 'a line in two pieces',
      pieces: [
        ['a', 0],
        ['b\n', 1],
      ],
      want: ['ab'],
    },
    {
      reason: 'a piece sent twice',
      pieces: [
        ['a\n', 0],
        ['a\n', 0],
        ['b\n', 2],
      ],
      want: ['a', 'b'],
    },
    {
      reason: 'a piece that overlaps in part',
      pieces: [
        ['a\nb', 0],
        ['b\nc\n', 2],
      ],
      want: ['a', 'b', 'c'],
    },
    {
      reason: 'offsets are bytes, not characters',
      pieces: [
        ['é\n', 0],
        ['x\n', 3],
      ],
      want: ['é', 'x'],
    },
    { reason: 'a last line without an end waits', pieces: [['a\nb', 0]], want: ['a'] },
  ] as { reason: string; pieces: [string, number][]; want: string[] }[])('$reason', ({ pieces, want }) => {
    const log = new StreamLog();
    pieces.forEach(([data, at]) => log.append(data, at));
    expect(log.lines).toEqual(want);
  });

  it('gives the last line without an end once the stream is sealed', () => {
    const log = new StreamLog();
    log.append('a\nb', 0);
    log.seal();
    expect(log.lines).toEqual(['a', 'b']);
    expect(log.offset).toBe(3);
  });
});
