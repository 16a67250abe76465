/** How much history stays: what satisfies either bound is kept. */
export interface HistoryLimit {
  /** Default 10 000. */
  events?: number;
  /** Default 10. */
  minutes?: number;
}

export interface SqliteResourceStoreOptions {
  /** Path of the database, its folder is made when missing; or `:memory:`, which lives as long as the store. */
  file: string;
  /** Default FULL: an acknowledged write survives a power cut. NORMAL survives the end of the process only. */
  synchronous?: 'FULL' | 'NORMAL';
  historyLimit?: HistoryLimit;
  /** Time between two compactions by the history limit, in seconds. Default 60. */
  compactEverySeconds?: number;
  /** How long to wait at open for another process to let go of the file, in milliseconds. Default 5000. */
  lockTimeoutMs?: number;
  /**
   * How long one piece of synchronous work goes on before the event loop gets its turn, in milliseconds. Default 5: half
   * of what a call may hold the loop, so that the row in hand can still be finished.
   */
  sliceMs?: number;
  /** Receives errors of the timed compaction, which goes on at its next turn. Default: a process warning. */
  onCompactionError?: (error: unknown) => void;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
}
