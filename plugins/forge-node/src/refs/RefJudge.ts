import { Principal } from '@krate/plugin-control-plane-node';

/** One ref that somebody wants to move. Absent `oldSha`: it is made; absent `newSha`: it is deleted. */
export interface RefUpdate {
  /** Full name. */
  ref: string;
  oldSha?: string;
  newSha?: string;
  /** The new commit does not contain the old one; for a tag: it existed. */
  forced: boolean;
  /** Of a merge: the head that was reviewed. A squash or a rebase leaves its commits out of the ref, and they are judged too. */
  mergedHead?: string;
}

/**
 * By which way a ref is moved. `push`: a git client, over HTTP or SSH. `api`: a person through a page or a route, judged as a
 * push. `promote`: work of an agent, taken back from a quarantine. `merge`: a pull request whose gates were checked.
 */
export type RefUpdateOrigin = 'push' | 'api' | 'promote' | 'merge';

export interface RefUpdateRequest {
  namespace: string;
  repository: string;
  principal: Principal;
  origin: RefUpdateOrigin;
  updates: readonly RefUpdate[];
  /** Variables by which git sees the objects that come with the updates and are not part of the repository yet. */
  environment?: Readonly<Record<string, string>>;
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
