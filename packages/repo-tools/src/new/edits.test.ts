import {
  addBelowLast,
  addImport,
  addListProperty,
  addToExports,
  addToList,
  removeFromList,
  removeStatement,
} from './edits';
import { aOrAn, camel, pascalOf, pluralOf, words } from './names';

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('an entry in a file that stands', () => {
  it.each([
    {
      reason: 'an import goes below the last one',
      text: "import a from 'a';\n\nconst b = 1;",
      edit: (text: string) => addImport(text, "import c from 'c';"),
      want: "import a from 'a'; import c from 'c'; const b = 1;",
    },
    {
      reason: 'a constant that is a list',
      text: 'export const forgeKinds: readonly Kind[] = [A, B];',
      edit: (text: string) => addToList(text, /Kinds$/, 'C'),
      want: 'export const forgeKinds: readonly Kind[] = [A, B, C];',
    },
    {
      reason: 'an empty list of a property',
      text: 'install({ admission: [] });',
      edit: (text: string) => addToList(text, /^admission$/, 'rule'),
      want: 'install({ admission: [rule] });',
    },
    {
      reason: 'a list of JSON',
      text: '{ "areas": ["a"], "edges": [] }',
      edit: (text: string) => addToList(text, /^"areas"$/, '"b"'),
      want: '{ "areas": ["a", "b"], "edges": [] }',
    },
    {
      reason: 'a list that is not there yet',
      text: "install({ area: 'x', kinds: xKinds });",
      edit: (text: string) => addListProperty(text, 'reconcilers', 'kinds'),
      want: "install({ area: 'x', kinds: xKinds, reconcilers: [] });",
    },
    {
      reason: 'a list that is there',
      text: 'install({ kinds: xKinds, reconcilers: [a] });',
      edit: (text: string) => addListProperty(text, 'reconcilers', 'kinds'),
      want: 'install({ kinds: xKinds, reconcilers: [a] });',
    },
    {
      reason: 'an export',
      text: 'export { A };',
      edit: (text: string) => addToExports(text, 'B', './b'),
      want: 'export { A, B };',
    },
    {
      reason: 'an export of a file that has none',
      text: "export * from './a';",
      edit: (text: string) => addToExports(text, 'B', './b'),
      want: "export * from './a'; export { B } from './b';",
    },
    {
      reason: 'the last item of a list goes',
      text: '{ "areas": ["a", "b"] }',
      edit: (text: string) => removeFromList(text, /^"areas"$/, item => item === '"b"'),
      want: '{ "areas": ["a"] }',
    },
    {
      reason: 'the first and the last item of a list go',
      text: 'const xKinds = [A, B, A];',
      edit: (text: string) => removeFromList(text, /Kinds$/, item => item === 'A'),
      want: 'const xKinds = [ B];',
    },
    {
      reason: 'the only item of a list goes',
      text: 'const xKinds = [A];',
      edit: (text: string) => removeFromList(text, /Kinds$/, item => item === 'A'),
      want: 'const xKinds = [];',
    },
    {
      reason: 'what is in no list changes nothing',
      text: 'const xKinds = [A];',
      edit: (text: string) => removeFromList(text, /Kinds$/, item => item === 'B'),
      want: 'const xKinds = [A];',
    },
    {
      reason: 'a statement goes with its line',
      text: 'backend.add(a);\nbackend.add(b);\nbackend.start();',
      edit: (text: string) => removeStatement(text, 'backend.add(b);'),
      want: 'backend.add(a); backend.start();',
    },
    {
      reason: 'a statement like another',
      text: 'backend.add(a);\nbackend.add(b);\nbackend.start();',
      edit: (text: string) => addBelowLast(text, 'backend.add(', 'backend.add(c);'),
      want: 'backend.add(a); backend.add(b); backend.add(c); backend.start();',
    },
  ])('$reason', ({ text, edit, want }) => {
    expect(squeezed(edit(text))).toBe(want);
  });

  it('is refused where it finds no place', () => {
    expect(() => addToList('const a = 1;', /Kinds$/, 'C')).toThrow('add C by hand');
  });
});

describe('names', () => {
  it.each([
    ['BuildCache', 'buildcaches'],
    ['Policy', 'policies'],
    ['Relay', 'relays'],
    ['Mailbox', 'mailboxes'],
    ['Branch', 'branches'],
  ])('%s: %s', (kind, plural) => {
    expect(pluralOf(kind)).toBe(plural);
  });

  it('are written as each place wants them', () => {
    expect([camel('short-names'), pascalOf('short-names'), words('BuildCache'), aOrAn('invoice')]).toEqual([
      'shortNames',
      'ShortNames',
      'build cache',
      'an invoice',
    ]);
  });
});
