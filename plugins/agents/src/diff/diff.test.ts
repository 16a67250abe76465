import { DiffPart, lineDiff } from './lineDiff';
import { parsePatch } from './parsePatch';

const drawn = (parts: DiffPart[]) =>
  parts.map(part =>
    part.kind === 'gap'
      ? `… ${part.lines}`
      : { same: '  ', added: '+ ', removed: '- ' }[part.kind] + part.text,
  );

describe('lineDiff', () => {
  it.each([
    {
      reason: 'one changed line',
      before: 'a\nb\nc\n',
      after: 'a\nB\nc\n',
      want: ['  a', '- b', '+ B', '  c'],
    },
    { reason: 'a new file', before: undefined, after: 'a\nb\n', want: ['+ a', '+ b'] },
    { reason: 'an emptied file', before: 'a\n', after: '', want: ['- a'] },
    { reason: 'equal texts', before: 'a\nb\n', after: 'a\nb\n', want: ['… 2'] },
    { reason: 'an inserted line', before: 'a\nc', after: 'a\nb\nc', want: ['  a', '+ b', '  c'] },
    {
      reason: 'far lines are left out',
      before: '1\n2\n3\n4\n5\n6\n7\n8\n9',
      after: '1\n2\n3\n4\n5\n6\n7\n8\nX',
      want: ['… 5', '  6', '  7', '  8', '- 9', '+ X'],
    },
  ])('$reason', ({ before, after, want }) => {
    expect(drawn(lineDiff(before, after))).toEqual(want);
  });

  it('numbers the lines of both sides', () => {
    expect(lineDiff('a\nb', 'a\nB')).toEqual([
      { kind: 'same', text: 'a', old: 1, new: 1 },
      { kind: 'removed', text: 'b', old: 2, new: undefined },
      { kind: 'added', text: 'B', old: undefined, new: 2 },
    ]);
  });
});

describe('parsePatch', () => {
  const patch = `From 0123 Mon Sep 17 00:00:00 2001
Subject: [PATCH] Round

---
 receipt.js | 2 +-

diff --git a/receipt.js b/receipt.js
index 1..2 100644
--- a/receipt.js
+++ b/receipt.js
@@ -3,3 +3,3 @@ function total(items) {
   const cents = 1;
-  return Math.floor(cents) / 100;
+  return Math.round(cents) / 100;
 }
diff --git a/old name.md b/new name.md
similarity index 100%
rename from old name.md
rename to new name.md
diff --git a/logo.png b/logo.png
new file mode 100644
index 0..1
Binary files /dev/null and b/logo.png differ
-- 
2.39
`;
  it('reads files, hunks and numbers, and leaves the letter around them out', () => {
    const files = parsePatch(patch);
    expect(
      files.map(({ path, change, binary, additions, deletions }) => ({
        path,
        change,
        binary,
        additions,
        deletions,
      })),
    ).toEqual([
      { path: 'receipt.js', change: 'changed', binary: false, additions: 1, deletions: 1 },
      { path: 'new name.md', change: 'renamed', binary: false, additions: 0, deletions: 0 },
      { path: 'logo.png', change: 'added', binary: true, additions: 0, deletions: 0 },
    ]);
    expect(drawn(files[0].parts)).toEqual([
      '… 2',
      '    const cents = 1;',
      '-   return Math.floor(cents) / 100;',
      '+   return Math.round(cents) / 100;',
      '  }',
    ]);
    expect(files[0].parts[2]).toMatchObject({ old: 4, new: undefined });
  });

  it('takes a removed line that looks like a header for what it is', () => {
    const files = parsePatch(
      'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1 @@\n--- not a header\n same\n',
    );
    expect(drawn(files[0].parts)).toEqual(['- -- not a header', '  same']);
  });
});
