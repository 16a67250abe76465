import picomatch from 'picomatch';

const cache = new Map<string, (ref: string) => boolean>();

/** Whether a full ref is meant by a protection's pattern: `main`, `release/*`, `refs/tags/v*`. */
export function refMatches(pattern: string, ref: string): boolean {
  const full = pattern.startsWith('refs/') ? pattern : `refs/heads/${pattern}`;
  let matches = cache.get(full);
  if (!matches) {
    // Extended globs and braces are off: they can be made to take exponential time.
    matches = picomatch(full, { dot: true, noextglob: true, nobrace: true, nonegate: true });
    if (cache.size > 1000) cache.clear();
    cache.set(full, matches);
  }
  return matches(ref);
}
