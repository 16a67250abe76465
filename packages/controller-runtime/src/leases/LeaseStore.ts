/** What proves to a database that a writer still holds a lease: it is compared in the transaction of the write. */
export interface LeaseToken {
  lease: string;
  /** Grows with every holder, so that an earlier one is recognised however late it comes. */
  epoch: number;
}

/** A write, or an act, of somebody whose lease has passed to another holder or may have. */
export class LeaseLostError extends Error {
  constructor(lease: string) {
    super(`The lease ${lease} is no longer held by this process`);
    this.name = 'LeaseLostError';
  }
}

/**
 * Who may act where several processes could. A lease has one holder at a time and runs out by itself. Whoever takes it over
 * gets a larger epoch; a holder that was frozen meanwhile is told apart by its smaller one.
 */
export interface LeaseStore {
  /** Takes the lease when nobody holds it any more, and returns the new epoch; undefined while another holder has it. */
  acquire(lease: string, holder: string, ttlMs: number): Promise<number | undefined>;
  /** Prolongs the lease from now on. False when it has passed to another holder. */
  renew(token: LeaseToken, ttlMs: number): Promise<boolean>;
  /** Gives the lease back, for the next one to take at once. Does nothing when it has passed on already. */
  release(token: LeaseToken): Promise<void>;
}
