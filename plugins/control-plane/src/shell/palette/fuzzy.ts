/** One thing the palette offers. */
export interface PaletteEntry {
  /** The same thing has the same id in every session: recent ones are known by it. */
  id: string;
  label: string;
  /** What kind of thing it is, shown beside it; a heading while nothing is typed. */
  hint: string;
  to: string;
  /** Further words it is found by. */
  keywords?: readonly string[];
  /** The keys that do the same. */
  keys?: string;
}

/**
 * How well a text fits what was typed: every letter must occur in order. Smaller is better; undefined does not fit.
 * Beginnings of words and letters that stand together count for more.
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

/** A keyword is a way to find it, not what one reads: it counts a little less than the label. */
const KEYWORD_PENALTY = 2;

function fitOf({ label, hint, keywords = [] }: PaletteEntry, typed: string): number | undefined {
  const scores = [
    scoreOf(`${label} ${hint}`, typed),
    ...keywords.map(word => {
      const score = scoreOf(word, typed);
      return score === undefined ? undefined : score + KEYWORD_PENALTY;
    }),
  ].filter(score => score !== undefined);
  return scores.length > 0 ? Math.min(...scores) : undefined;
}

/** The entries that fit, best first; all of them in their order when nothing was typed. */
export function search(entries: readonly PaletteEntry[], typed: string, most = 12): PaletteEntry[] {
  return entries
    .flatMap(entry => {
      const score = fitOf(entry, typed);
      return score === undefined ? [] : [{ entry, score }];
    })
    .sort((a, b) => (typed.trim() ? a.score - b.score : 0))
    .slice(0, most)
    .map(({ entry }) => entry);
}
