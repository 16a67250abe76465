import { Principal } from '@krate/plugin-control-plane-node';

/** One ref that somebody wants to move. Absent `oldSha`: it is made; absent `newSha`: it is deleted. */
export interface RefUpdate {
  /** Full name. */
  ref: string;
  oldSha?: string;
  newSha?: string;
  /** The new commit does not contain the old one. */
  forced: boolean;
}

/**
 * By which way a ref is moved. `push`: a git client. `promote`: work of an agent, taken back from a quarantine.
 * `merge`: a pull request whose gates were checked.
 */
export type RefUpdateOrigin = 'push' | 'promote' | 'merge';

export interface RefUpdateRequest {
  namespace: string;
  repository: string;
  principal: Principal;
  origin: RefUpdateOrigin;
  updates: readonly RefUpdate[];
}

/** One rule that forbids an update, worded for the person who pushed. */
export interface RefRefusal {
  ref: string;
  /** Stable code: `archived`, `reserved-namespace`, `invalid-name`, `require-pull-request`, `force-push`, `deletion`, ... */
  rule: string;
  message: string;
}

/** Decides whether refs may move; it is asked by every path that moves one. */
export interface RefJudge {
  /** Empty: all may move. One refusal refuses the whole request. */
  judge(request: RefUpdateRequest): Promise<RefRefusal[]>;
  /** Told after refs were moved: a hint. */
  moved?(request: RefUpdateRequest): void;
}

/** The rules of the repository forbid the update. Trying again does not help. */
export class RefRefusedError extends Error {
  constructor(readonly refusals: readonly RefRefusal[]) {
    super(refusals.map(refusal => refusal.message).join('\n') || 'The update of the ref was refused');
    this.name = 'RefRefusedError';
  }
}

/** The ref is not where the caller believed it to be. */
export class RefMovedError extends Error {
  constructor(readonly ref: string) {
    super(`${ref} has moved`);
    this.name = 'RefMovedError';
  }
}
