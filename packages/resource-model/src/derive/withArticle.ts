/** A kind's name in a sentence: `an Organization`, `a User`. */
export function withArticle(kind: string): string {
  return /^[AEIO]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
