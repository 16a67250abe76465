/** Lines that an address points to, both inclusive, from 1. */
export interface LineRange {
  first: number;
  last: number;
}

/** Reads `12` or `12-20`; anything else points nowhere. */
export function parseLines(text: string): LineRange | undefined {
  const found = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text);
  if (!found) return undefined;
  const [a, b] = [Number(found[1]), Number(found[2] ?? found[1])];
  return { first: Math.min(a, b), last: Math.max(a, b) };
}

/** A click on a line points to it; with Shift to all between it and what was pointed to. */
export function linesAfterClick(current: LineRange | undefined, line: number, extend: boolean): string {
  if (!extend || !current) return String(line);
  const first = Math.min(current.first, line);
  const last = Math.max(current.first, line);
  return first === last ? String(first) : `${first}-${last}`;
}
