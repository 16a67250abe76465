import { BranchProtection, RefPolicy } from '@krate/plugin-forge-common';

/** What a protection asks for, in words. */
export function protectionWords({ spec }: BranchProtection): string {
  return sentence([
    spec.requirePullRequest && 'changes by pull request',
    spec.requiredApprovals > 0 &&
      `${spec.requiredApprovals} ${spec.requiredApprovals === 1 ? 'approval' : 'approvals'}`,
    spec.requiredChecks.length > 0 && `checks: ${spec.requiredChecks.join(', ')}`,
    spec.requireSignedCommits && 'signed commits',
    spec.requireLinearHistory && 'no merge commits',
    !spec.allowForcePush && 'history stays',
    !spec.allowDeletion && 'not deleted',
    !spec.enforceAdmins && 'not for admins',
    !spec.repository && 'in every repository',
  ]);
}

/** What a policy forbids, in words. */
export function policyWords({ spec }: RefPolicy): string {
  return sentence([
    spec.denyRules.length > 0 && `closed: ${spec.denyRules.flatMap(({ refs }) => refs).join(', ')}`,
    spec.forcePushPolicy === 'deny' && 'history stays',
    spec.forcePushPolicy === 'allow-with-review' && 'history changes by pull request only',
    spec.signingPolicy === 'required' && 'signed commits',
    spec.requireLinearHistory && 'no merge commits',
    spec.hookGates.length > 0 && `gates: ${spec.hookGates.map(({ name }) => name).join(', ')}`,
    !spec.repository && 'in every repository',
  ]);
}

function sentence(parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}
