import { Line, Transcript } from '../story/Transcript';
import { Difference, differencesBetween } from './compare';
import { KnownDifference } from './KnownDifference';
import { KNOWN_DIFFERENCES } from './knownDifferences';

/** What a comparison found that it should not have. */
export interface Verdict {
  /** Differences that nothing explains. */
  unexplained: Difference[];
  /** Steps that answer with another status than their explanation says. */
  surprising: string[];
  /** Steps that an explanation names and that do not differ (any more). */
  outdated: string[];
}

/**
 * Compares a telling of one chapter with the recorded one.
 *
 * @param known - differences that are explained
 */
export function judge(
  real: Transcript,
  krate: Transcript,
  known: readonly KnownDifference[] = KNOWN_DIFFERENCES,
): Verdict {
  const differences = differencesBetween(real, krate);
  const explains = ({ steps, paths }: KnownDifference, { step, path }: Difference) =>
    steps.includes(step) && paths.test(path);
  return {
    unexplained: differences.filter(
      difference => !known.some(entry => explains(entry, difference) || saysStatus(entry, difference, krate)),
    ),
    surprising: krate.flatMap(line => surprises(known, line)),
    outdated: known.flatMap(entry =>
      entry.steps.filter(
        step =>
          real.some(line => line.step === step) &&
          !differences.some(difference => difference.step === step && explains(entry, difference)),
      ),
    ),
  };
}

function saysStatus(entry: KnownDifference, { step, path }: Difference, krate: Transcript): boolean {
  const told = krate.find(line => line.step === step);
  return path === 'status' && entry.steps.includes(step) && entry.status === told?.status;
}

function surprises(known: readonly KnownDifference[], { step, status }: Line): string[] {
  return known
    .filter(entry => entry.steps.includes(step) && entry.status !== undefined && entry.status !== status)
    .map(entry => `${step}: ${status}, not ${entry.status}`);
}
