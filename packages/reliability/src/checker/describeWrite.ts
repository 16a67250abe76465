import { Write } from '../history/History';

/** A write as a violation tells of it. */
export function describeWrite({ client, type, key, value, expected, outcome, revision }: Write): string {
  const what = [type, key, value && `= ${value}`, expected !== undefined && `(at ${expected})`];
  const told = { ok: 'was acknowledged', fail: 'was refused', unknown: 'had no answer' }[outcome];
  return `${what.filter(Boolean).join(' ')} of ${client} ${told}${revision ? ` at ${revision}` : ''}`;
}
