export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string; old?: number; new?: number };
/** A run of lines that were left out between two changes. */
export type DiffPart = DiffLine | { kind: 'gap'; lines: number };

/** Beyond this many cells a table of common lines costs more than it tells; the change is shown as a whole. */
const MAX_CELLS = 4_000_000;

/** Two texts compared by line, with `context` unchanged lines around each change. Line numbers start at 1. */
export function lineDiff(before: string | undefined, after: string, context = 3): DiffPart[] {
  return withGaps(compare(split(before), split(after)), context);
}

function split(text: string | undefined): string[] {
  if (!text) return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function compare(before: string[], after: string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;

  const changed = changes(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const ordered: Omit<DiffLine, 'old' | 'new'>[] = [
    ...before.slice(0, start).map(text => ({ kind: 'same' as const, text })),
    ...changed,
    ...before.slice(before.length - end).map(text => ({ kind: 'same' as const, text })),
  ];
  return numbered(ordered);
}

/** Longest common subsequence of what is left between the common beginning and the common end. */
function changes(before: string[], after: string[]): Omit<DiffLine, 'old' | 'new'>[] {
  const removed = (text: string) => ({ kind: 'removed' as const, text });
  const added = (text: string) => ({ kind: 'added' as const, text });
  if (before.length * after.length > MAX_CELLS) return [...before.map(removed), ...after.map(added)];

  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const out: Omit<DiffLine, 'old' | 'new'>[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      out.push({ kind: 'same', text: before[i++] });
      j++;
    } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) out.push(removed(before[i++]));
    else out.push(added(after[j++]));
  }
  return [...out, ...before.slice(i).map(removed), ...after.slice(j).map(added)];
}

function numbered(lines: Omit<DiffLine, 'old' | 'new'>[]): DiffLine[] {
  let before = 0;
  let after = 0;
  return lines.map(line => {
    if (line.kind !== 'added') before++;
    if (line.kind !== 'removed') after++;
    return {
      ...line,
      old: line.kind === 'added' ? undefined : before,
      new: line.kind === 'removed' ? undefined : after,
    };
  });
}

function withGaps(lines: DiffLine[], context: number): DiffPart[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let n = Math.max(0, index - context); n <= Math.min(lines.length - 1, index + context); n++)
      near[n] = 1;
  });
  const parts: DiffPart[] = [];
  for (let index = 0; index < lines.length; index++) {
    const last = parts.at(-1);
    if (near[index]) parts.push(lines[index]);
    else if (last?.kind === 'gap') last.lines++;
    else parts.push({ kind: 'gap', lines: 1 });
  }
  return parts;
}
