import { Violation } from '../checker/checkHistory';

/** What decides how a story goes. */
export interface Circumstances {
  seed: number;
  /** `postgresql://…`; absent: SQLite. */
  database?: string;
}

/** What came of it. */
export interface Ending {
  violations: Violation[];
  /** How many writes were acknowledged: a story in which nothing happens proves nothing. */
  acknowledged: number;
}

/** One run of a workload through one kind of fault. */
export type Story = (circumstances: Circumstances) => Promise<Ending>;
