import { History } from '../history/History';

/** A promise of the store, judged from outside: a sentence for every time it was broken. */
export type Rule = (history: History) => string[];
