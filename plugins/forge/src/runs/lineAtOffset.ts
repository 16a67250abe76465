/** Which line (from 0) holds a byte of a log: where the output of a step starts. */
export function lineAtOffset(lines: readonly string[], offset: number): number {
  let bytes = 0;
  for (let index = 0; index < lines.length; index++) {
    bytes += new TextEncoder().encode(lines[index]).length + 1;
    if (bytes > offset) return index;
  }
  return Math.max(0, lines.length - 1);
}
