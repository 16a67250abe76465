import { History } from '../history/History';
import { describeWrite } from './describeWrite';

/** Of those who would change an object from the same state one succeeds, and nobody creates what is there. */
export function oneOfManyWins({ writes }: History): string[] {
  const winners = new Map<string, string>();
  return writes
    .filter(({ outcome, type }) => outcome === 'ok' && type !== 'create')
    .flatMap(write => {
      const state = `${write.key} ${write.expected}`;
      const before = winners.get(state);
      winners.set(state, describeWrite(write));
      return before === undefined ? [] : [`${describeWrite(write)}, as ${before}`];
    });
}
