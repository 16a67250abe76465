import { stripAnsi } from './stripAnsi';

describe('stripAnsi', () => {
  it.each([
    { reason: 'colours go', line: '\u001b[31mred\u001b[0m', want: 'red' },
    { reason: 'titles and links go', line: '\u001b]0;title\u0007text', want: 'text' },
    { reason: 'a progress bar shows its last state', line: '10%\r50%\r100%', want: '100%' },
    { reason: 'a Windows line end is not an overwrite', line: 'done\r', want: 'done' },
  ])('$reason', ({ line, want }) => expect(stripAnsi(line)).toBe(want));
});
