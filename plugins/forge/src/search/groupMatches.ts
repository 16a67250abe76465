import { CodeMatch } from '../api/wire';

/** Matches of one file. */
export interface FileMatches {
  key: string;
  repository: string;
  ref: string;
  path: string;
  matches: CodeMatch[];
}

/** Puts the matches of a file together, in the order in which they came. */
export function groupMatches(matches: readonly CodeMatch[]): FileMatches[] {
  const groups = new Map<string, FileMatches>();
  for (const match of matches) {
    const key = `${match.repository}:${match.path}`;
    const { repository, ref, path } = match;
    const group = groups.get(key) ?? { key, repository, ref, path, matches: [] };
    group.matches.push(match);
    groups.set(key, group);
  }
  return [...groups.values()];
}
