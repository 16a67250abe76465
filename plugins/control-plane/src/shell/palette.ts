/** One thing the palette can go to. */
export interface Destination {
  label: string;
  /** What kind of thing it is, shown beside it. */
  hint: string;
  to: string;
}

/**
 * How well a destination fits what was typed: every letter must occur in order. Smaller is better; undefined does not
 * fit. Beginnings of words and letters that stand together count for more.
 */
export function scoreOf(text: string, typed: string): number | undefined {
  const haystack = text.toLowerCase();
  let score = 0;
  let at = -1;
  for (const letter of typed.toLowerCase().replace(/\s+/g, '')) {
    const next = haystack.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    const startsWord = next === 0 || /[\s/_.-]/.test(haystack[next - 1]);
    if (next !== at + 1 && !startsWord) score += 4;
    score += (next - at) / haystack.length;
    at = next;
  }
  return score;
}

/** The destinations that fit, best first; all of them in their order when nothing was typed. */
export function search(destinations: readonly Destination[], typed: string, most = 12): Destination[] {
  return destinations
    .flatMap(destination => {
      const score = scoreOf(`${destination.label} ${destination.hint}`, typed);
      return score === undefined ? [] : [{ destination, score }];
    })
    .sort((a, b) => (typed.trim() ? a.score - b.score : 0))
    .slice(0, most)
    .map(({ destination }) => destination);
}
