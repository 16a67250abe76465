import { PaletteEntry, search } from './fuzzy';

const to = (label: string, hint = 'Page', keywords?: string[]): PaletteEntry => ({
  id: label,
  label,
  hint,
  to: `/${label}`,
  keywords,
});
const all = [
  to('Home'),
  to('Pull requests'),
  to('Repositories'),
  to('Access', 'Page', ['members', 'people']),
  to('till', 'Repository'),
  to('settings-of-till', 'Repository'),
];

describe('search', () => {
  it.each([
    { reason: 'nothing typed: all, in their order', typed: '', want: all.map(({ label }) => label) },
    { reason: 'first letters of words', typed: 'pr', want: 'Pull requests' },
    { reason: 'a whole name before a part of one', typed: 'till', want: 'till' },
    { reason: 'the hint counts too', typed: 'till repo', want: 'till' },
    { reason: 'other words for the same thing', typed: 'peop', want: 'Access' },
  ])('$reason', ({ typed, want }) => {
    const found = search(all, typed).map(({ label }) => label);
    expect(Array.isArray(want) ? found : found[0]).toEqual(want);
  });

  it('leaves out what does not fit', () => {
    expect(search(all, 'xyz')).toEqual([]);
  });
});
