import { parseIssueTemplate } from './parseIssueTemplate';

it.each([
  {
    reason: 'a head as forges share it',
    text: '---\nname: "Bug"\nabout: Something is wrong\ntitle: \'[bug] \'\nlabels: [bug, "to do"]\n---\n\n## What\n',
    want: {
      name: 'Bug',
      about: 'Something is wrong',
      title: '[bug] ',
      labels: ['bug', 'to do'],
      body: '## What\n',
    },
  },
  { reason: 'no head', text: '## What', want: { name: 'bug', title: '', labels: [], body: '## What' } },
  {
    reason: 'a head that says nothing of it',
    text: '---\nother: x\n---\nbody',
    want: { name: 'bug', about: undefined, title: '', labels: [], body: 'body' },
  },
])('$reason', ({ text, want }) => {
  expect(parseIssueTemplate('.krate/issue-templates/bug.md', text)).toEqual(want);
});
