const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

/** Takes a unified diff apart: each file's own part, in the diff's order, keyed by the path it has afterwards. */
export function splitDiff(diff: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of diff.split(/^(?=diff --git )/m)) {
    if (!part.startsWith('diff --git ')) continue;
    parts.set(pathOf(part), part);
  }
  return parts;
}

/** Header lines of one file; content lines come after the first hunk and could imitate them. */
function pathOf(part: string): string {
  const header = part.split(/^@@ /m, 1)[0];
  const named = /^\+\+\+ (.+)$/m.exec(header)?.[1];
  if (named && named !== '/dev/null') return unquote(named).replace(/^b\//, '');
  const gone = /^--- (.+)$/m.exec(header)?.[1];
  if (gone && gone !== '/dev/null') return unquote(gone).replace(/^a\//, '');
  const renamed = /^(?:rename|copy) to (.+)$/m.exec(header)?.[1];
  if (renamed) return unquote(renamed);
  // Only a mode or a binary change: both names are equal, so the line has two halves of one length.
  const names = header.slice('diff --git '.length).split('\n', 1)[0];
  return unquote(names.slice((names.length + 1) / 2)).replace(/^b\//, '');
}

/** git quotes names with unusual bytes: `"b/caf\303\251"`. */
function unquote(name: string): string {
  if (!name.startsWith('"')) return name.replace(/\t$/, '');
  const bytes: number[] = [];
  for (const [, octal, escaped, plain] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    if (octal) bytes.push(parseInt(octal, 8));
    else bytes.push(...new TextEncoder().encode(escaped ? (ESCAPES[escaped] ?? escaped) : plain));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
