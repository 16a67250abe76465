import { History } from '../history/History';
import { acknowledgedWritesStand } from './acknowledgedWritesStand';
import { listsAndWatchesAgree } from './listsAndWatchesAgree';
import { nothingIsInvented } from './nothingIsInvented';
import { oneOfManyWins } from './oneOfManyWins';
import { revisionsRise } from './revisionsRise';
import { Rule } from './Rule';
import { watchersAgree } from './watchersAgree';
import { watchesAreInOrder } from './watchesAreInOrder';
import { watchesMissNothing } from './watchesMissNothing';

/** Everything the store promises, by the name that a violation is told under. */
export const RULES = {
  acknowledgedWritesStand,
  nothingIsInvented,
  revisionsRise,
  watchesAreInOrder,
  watchesMissNothing,
  watchersAgree,
  oneOfManyWins,
  listsAndWatchesAgree,
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** A promise that was broken. */
export interface Violation {
  rule: RuleName;
  message: string;
}

/** Judges a history by every rule; empty when all promises were kept. */
export function checkHistory(history: History): Violation[] {
  return (Object.keys(RULES) as RuleName[]).flatMap(rule =>
    RULES[rule](history).map(message => ({ rule, message })),
  );
}
