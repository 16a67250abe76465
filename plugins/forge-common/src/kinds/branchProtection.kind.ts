import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const BranchProtection = defineKind({
  kind: 'BranchProtection',
  plural: 'branchprotections',
  area: 'forge',
  storage: 'config',
  summary: 'What must be true before a protected branch may move, by push or by merge.',
  writableBy: 'maintainer',
  spec: z.object({
    repository: ref('Repository').optional().describe('Absent: every repository of the organization.'),
    refs: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(50)
      .describe('Branch names or globs: `main`, `release/*`; a full ref is accepted too.'),
    requirePullRequest: z
      .boolean()
      .default(true)
      .describe('The branch moves by a merge only; people may still push it when it does not exist yet.'),
    requiredApprovals: z
      .int()
      .min(0)
      .max(20)
      .default(0)
      .describe('From distinct people other than the author.'),
    requiredChecks: z
      .array(z.string().max(200))
      .max(50)
      .default([])
      .describe('Contexts that must have succeeded on the head commit.'),
    dismissStaleReviews: z.boolean().default(true).describe('A new commit makes earlier approvals void.'),
    allowForcePush: z.boolean().default(false).describe('A push may rewrite the history.'),
    allowDeletion: z
      .boolean()
      .default(false)
      .describe('A push may delete the branch; never the default one.'),
    requireLinearHistory: z.boolean().default(false).describe('No merge commit comes to the branch.'),
    requireSignedCommits: z
      .boolean()
      .default(false)
      .describe('Every new commit is signed by a key that a member registered for signing.'),
    enforceAdmins: z.boolean().default(true).describe('No exception for organization admins.'),
  }),
  conditions: { Ready: ['Enforced', 'RepositoryMissing'] },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Refs', path: 'spec.refs' },
    { name: 'Approvals', path: 'spec.requiredApprovals', type: 'integer' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'BranchProtection',
      metadata: { name: 'web-main', namespace: 'krate-org-acme' },
      spec: { repository: 'web', refs: ['main'], requiredApprovals: 1, requiredChecks: ['test'] },
    },
  ],
});
export type BranchProtection = ResourceOf<typeof BranchProtection>;
