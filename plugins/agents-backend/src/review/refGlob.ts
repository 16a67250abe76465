import { GlobPiece, matchesGlob } from './glob';

/**
 * Whether a glob means a full ref. `*` stands for anything without a slash, `**` for anything; a pattern without `refs/`
 * means branches.
 */
export function refMatches(pattern: string, ref: string): boolean {
  const full = pattern.startsWith('refs/') ? pattern : `refs/heads/${pattern}`;
  return matchesGlob(piecesOf(full), ref);
}

function piecesOf(pattern: string): GlobPiece[] {
  return (pattern.match(/\*\*+|[^]/g) ?? []).map(part => {
    if (part === '*') return { many: character => character !== '/' };
    return part.startsWith('**') ? { many: () => true } : part;
  });
}

/** `refs/pull/<n>/…`: commits of somebody who may have no rights here at all. */
export function isUntrustedRef(ref: string): boolean {
  return ref.startsWith('refs/pull/');
}
