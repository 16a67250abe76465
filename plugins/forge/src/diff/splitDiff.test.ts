import { splitDiff } from './splitDiff';

const file = (header: string, body = '@@ -1 +1 @@\n-a\n+b\n') => `${header}\n${body}`;

describe('splitDiff', () => {
  it.each([
    {
      reason: 'a changed file',
      diff: file('diff --git a/x.ts b/x.ts\nindex 1..2 100644\n--- a/x.ts\n+++ b/x.ts'),
      want: ['x.ts'],
    },
    {
      reason: 'a deleted file keeps its old name',
      diff: file('diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null'),
      want: ['x'],
    },
    {
      reason: 'a pure rename has no hunks',
      diff: 'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n',
      want: ['y'],
    },
    {
      reason: 'a binary file has no names but the first line',
      diff: 'diff --git a/p.png b/p.png\nBinary files differ\n',
      want: ['p.png'],
    },
    {
      reason: 'names with spaces',
      diff: 'diff --git a/a b.txt b/a b.txt\nold mode 100644\nnew mode 100755\n',
      want: ['a b.txt'],
    },
    {
      reason: 'quoted names',
      diff: file(
        'diff --git "a/caf\\303\\251" "b/caf\\303\\251"\n--- "a/caf\\303\\251"\n+++ "b/caf\\303\\251"',
      ),
      want: ['café'],
    },
    {
      reason: 'a line of content that looks like a header is content',
      diff: file('diff --git a/x b/x\n--- a/x\n+++ b/x', '@@ -1 +1 @@\n-a\n+++ b/other\n'),
      want: ['x'],
    },
  ])('$reason', ({ diff, want }) => expect([...splitDiff(diff).keys()]).toEqual(want));

  it('gives each file its own part', () => {
    const one = file('diff --git a/x b/x\n--- a/x\n+++ b/x');
    const two = file('diff --git a/y b/y\n--- a/y\n+++ b/y');
    expect([...splitDiff(one + two).values()]).toEqual([one, two]);
  });
});
