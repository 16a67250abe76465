const CLOSES = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+((?:#\d+(?:\s*(?:,|and)\s*)?)+)/gi;

/** The numbers of the issues that a text says it closes: “closes #12”, “Fixes #3, #4”. */
export function closingReferences(text: string): number[] {
  const found = [...text.matchAll(CLOSES)].flatMap(([, list]) => list.match(/\d+/g) ?? []);
  return [...new Set(found.map(Number))].filter(number => number > 0 && number < 2 ** 31);
}
