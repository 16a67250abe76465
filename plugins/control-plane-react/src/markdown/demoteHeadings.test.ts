import { demoteHeadings } from './demoteHeadings';

describe('demoteHeadings', () => {
  it.each([
    { reason: 'a heading goes one down', text: '# Till\n## Use', want: '## Till\n### Use' },
    { reason: 'the lowest stays', text: '###### six', want: '###### six' },
    { reason: 'a tag is no heading', text: '#tag', want: '#tag' },
    {
      reason: 'comments of code are code',
      text: '```sh\n# install\n```\n# After',
      want: '```sh\n# install\n```\n## After',
    },
    {
      reason: 'a shorter fence does not end a longer one',
      text: '````\n```\n# x\n````',
      want: '````\n```\n# x\n````',
    },
  ])('$reason', ({ text, want }) => expect(demoteHeadings(text)).toBe(want));
});
