/** One line of a difference between two texts. */
export interface DiffLine {
  type: 'same' | 'removed' | 'added';
  text: string;
  /** From 1; absent on the side that lacks the line. */
  before?: number;
  after?: number;
}

/** Beyond this many cells the middle of two texts is told as replaced as a whole. */
const MOST_CELLS = 4_000_000;

/** The lines of both texts in one sequence, with as few changes as possible. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const types = [
    ...Array.from({ length: head }, () => 'same' as const),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...Array.from({ length: tail }, () => 'same' as const),
  ];
  let i = 0;
  let j = 0;
  return types.map(type => {
    if (type === 'removed') return { type, text: a[i], before: ++i };
    if (type === 'added') return { type, text: b[j], after: ++j };
    return { type, text: a[i], before: ++i, after: ++j };
  });
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** By the longest common subsequence. */
function middle(a: readonly string[], b: readonly string[]): DiffLine['type'][] {
  const replaced = [...a.map(() => 'removed' as const), ...b.map(() => 'added' as const)];
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_CELLS) return replaced;
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const types: DiffLine['type'][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      types.push('same');
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      types.push('removed');
      i += 1;
    } else {
      types.push('added');
      j += 1;
    }
  }
  return types;
}

/** How many lines a difference adds and removes. */
export function changesIn(lines: readonly DiffLine[]): { added: number; removed: number } {
  const count = (type: DiffLine['type']) => lines.filter(line => line.type === type).length;
  return { added: count('added'), removed: count('removed') };
}

/** The changed lines with some around them; `undefined` stands for lines left out. */
export function hunksOf(lines: readonly DiffLine[], context = 3): (DiffLine | undefined)[] {
  const near = new Set<number>();
  lines.forEach(({ type }, index) => {
    if (type === 'same') return;
    for (let at = index - context; at <= index + context; at += 1) near.add(at);
  });
  return lines.flatMap((line, index) => {
    if (near.has(index)) return [line];
    return index === 0 || near.has(index - 1) ? [undefined] : [];
  });
}
