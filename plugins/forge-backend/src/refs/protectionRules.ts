import { RefUpdate } from '@krate/plugin-forge-node';
import { BranchProtection } from '@krate/plugin-forge-common';
import { protectionsOf } from './bindingRules';
import { NO_COMMITS, RefFacts, RefRule } from './RefFacts';
import { shortRef } from './refWords';

type Spec = BranchProtection['spec'];

export const pullRequestRequired: RefRule = (update, facts) =>
  pastTheGates(update, facts)
    ? broken(
        update,
        facts,
        'require-pull-request',
        spec => spec.requirePullRequest,
        'changes only by pull request',
      )
    : undefined;

/** Approvals are given to pull requests; where one is not required, a push still has none. */
export const approvalsRequired: RefRule = (update, facts) =>
  pastTheGates(update, facts)
    ? broken(
        update,
        facts,
        'required-approvals',
        spec => spec.requiredApprovals > 0,
        spec => `it takes ${spec.requiredApprovals} approvals, which are given to pull requests`,
      )
    : undefined;

/** A commit may be pushed once its checks succeeded, which they can on another branch. */
export const checksRequired: RefRule = (update, facts) => {
  const { unmetChecks } = facts.incoming.get(update.ref) ?? NO_COMMITS;
  if (!pastTheGates(update, facts) || unmetChecks.length === 0) return undefined;
  const what = `its checks must have succeeded on the commit: ${unmetChecks.join(', ')}`;
  return broken(update, facts, 'required-checks', spec => spec.requiredChecks.length > 0, what);
};

export const forcePush: RefRule = (update, facts) =>
  update.forced
    ? broken(update, facts, 'force-push', spec => !spec.allowForcePush, 'its history cannot be rewritten')
    : undefined;

export const deletion: RefRule = (update, facts) =>
  update.newSha
    ? undefined
    : broken(update, facts, 'deletion', spec => !spec.allowDeletion, 'it cannot be deleted');

export const linearBranch: RefRule = (update, facts) => {
  const { merges } = facts.incoming.get(update.ref) ?? NO_COMMITS;
  if (merges.length === 0) return undefined;
  const what = `it takes no merge commits, and ${merges[0].slice(0, 12)} is one`;
  return broken(update, facts, 'linear-history', spec => spec.requireLinearHistory, what);
};

export const signedBranch: RefRule = (update, facts) => {
  const [first] = facts.incoming.get(update.ref)?.unsigned ?? [];
  if (!first) return undefined;
  const what = `it takes signed commits only, and ${first.sha.slice(0, 12)} ${first.problem}`;
  return broken(update, facts, 'signed-commits', spec => spec.requireSignedCommits, what);
};

/**
 * Whether the update leaves out what a pull request asks for. A branch that does not exist yet cannot be the target of a
 * pull request: people may make it, agents may not.
 */
function pastTheGates({ oldSha, newSha }: RefUpdate, { origin }: RefFacts): boolean {
  if (origin === 'merge' || !newSha) return false;
  return oldSha !== undefined || origin === 'promote';
}

function broken(
  { ref }: RefUpdate,
  { repository, protections, mayBypass }: RefFacts,
  rule: string,
  forbids: (spec: Spec) => boolean,
  what: string | ((spec: Spec) => string),
): ReturnType<RefRule> {
  const binding = protectionsOf(ref, repository.metadata.name, protections).find(
    ({ spec }) => forbids(spec) && (spec.enforceAdmins || !mayBypass),
  );
  if (!binding) return undefined;
  const why = typeof what === 'string' ? what : what(binding.spec);
  return { rule, message: `${shortRef(ref)} is protected by ${binding.metadata.name}: ${why}` };
}
