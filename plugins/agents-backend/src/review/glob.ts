/** A piece of a glob: one exact character, or any run of characters that `many` admits. */
export type GlobPiece = string | { many: (character: string) => boolean };

/**
 * Whether pieces match a whole text. Follows all positions at once, so that the time is at most the product of both
 * lengths, whatever the pattern: a regular expression could be made to take exponential time.
 */
export function matchesGlob(pieces: readonly GlobPiece[], text: string): boolean {
  let reached = new Uint8Array(text.length + 1);
  reached[0] = 1;
  for (const piece of pieces) {
    const next = new Uint8Array(text.length + 1);
    for (let at = 0; at <= text.length; at += 1) {
      if (typeof piece === 'string') next[at] = at > 0 && reached[at - 1] && text[at - 1] === piece ? 1 : 0;
      else next[at] = reached[at] || (at > 0 && next[at - 1] && piece.many(text[at - 1]!)) ? 1 : 0;
    }
    reached = next;
  }
  return reached[text.length] === 1;
}
