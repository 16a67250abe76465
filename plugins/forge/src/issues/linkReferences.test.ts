import { linkReferences } from './linkReferences';

it.each([
  { text: 'see #12', want: 'see [#12](/orgs/acme/issues/web-12)' },
  { text: '#1 and (#2)', want: '[#1](/orgs/acme/issues/web-1) and ([#2](/orgs/acme/issues/web-2))' },
  { text: 'in `#12` and\n```\n#3\n```', want: 'in `#12` and\n```\n#3\n```' },
  {
    text: '# 12 is a heading, a#1 a word, [#4](x) a link',
    want: '# 12 is a heading, a#1 a word, [#4](x) a link',
  },
])('$text', ({ text, want }) => {
  expect(linkReferences(text, 'acme', 'web')).toBe(want);
  expect(linkReferences(text, 'acme', undefined)).toBe(text);
});
