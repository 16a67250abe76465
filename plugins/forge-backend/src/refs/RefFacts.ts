import { RefRefusal, RefUpdate, RefUpdateOrigin } from '@krate/plugin-forge-node';
import { BranchProtection, RefPolicy, Repository } from '@krate/plugin-forge-common';

/** What the commits are like that an update brings to a ref, as far as the ref's rules ask. */
export interface IncomingCommits {
  /** Those with more than one parent. */
  merges: readonly string[];
  /** Those without a good signature by a known key, each with what is wrong. */
  unsigned: readonly { sha: string; problem: string }[];
  /** Required checks that have not succeeded on the commit, each as `<context> is <state>`. */
  unmetChecks: readonly string[];
}

export const NO_COMMITS: IncomingCommits = { merges: [], unsigned: [], unmetChecks: [] };

/** Everything on which it depends whether refs of a repository may move. */
export interface RefFacts {
  repository: Repository;
  /** Those of the namespace; the ones of other repositories are ignored. */
  protections: readonly BranchProtection[];
  /** As with protections. */
  policies: readonly RefPolicy[];
  origin: RefUpdateOrigin;
  /** The caller may pass protections that do not bind admins. Policies bind everybody. */
  mayBypass: boolean;
  /** By the name of the ref; absent: nothing was asked of its commits. */
  incoming: ReadonlyMap<string, IncomingCommits>;
}

/** One thing a ref must satisfy. Undefined: it does. */
export type RefRule = (update: RefUpdate, facts: RefFacts) => Omit<RefRefusal, 'ref'> | undefined;
