import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const KrateWorkspace = defineKind({
  kind: 'KrateWorkspace',
  plural: 'krateworkspaces',
  shortNames: ['workspace', 'workspaces'],
  area: 'agents',
  storage: 'record',
  summary: 'A checkout of a repository that one run at a time works in.',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository'),
    branch: z.string().max(250).default('main'),
    baseSha: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional()
      .describe('The commit it starts from; default: the branch’s head.'),
    volumeSpec: z
      .object({
        storageClassName: z.string().max(253).optional(),
        capacity: z.string().max(20).default('10Gi'),
        accessModes: z.array(z.string()).default(['ReadWriteOnce']),
      })
      .default({ capacity: '10Gi', accessModes: ['ReadWriteOnce'] }),
    policyRef: ref('KrateWorkspacePolicy').optional(),
    trustTier: z.enum(['trusted', 'untrusted']).default('untrusted'),
    runRef: ref('AgentDispatchRun')
      .optional()
      .describe('The run that claims it; set and cleared by the run’s reconciler.'),
    archive: z.boolean().default(false),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Provisioning', 'Ready', 'InUse', 'Archiving', 'Archived', 'Failed'])
      .optional(),
    node: z.string().optional().describe('The host the checkout is on.'),
    gitState: z.enum(['Cloning', 'Ready', 'Dirty', 'Synced']).optional(),
    baseSha: z.string().optional(),
    headSha: z.string().optional(),
    sizeBytes: z.int().optional(),
    claimedAt: z.string().optional(),
    releasedAt: z.string().optional(),
    lastError: z.string().optional(),
  }),
  conditions: { Ready: ['CheckedOut', 'Provisioning', 'CheckoutFailed', 'Archived', 'RepositoryMissing'] },
  immutable: ['spec.repository', 'spec.branch', 'spec.trustTier'],
  selectableFields: ['spec.repository', 'status.phase'],
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Branch', path: 'spec.branch' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Run', path: 'spec.runRef' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateWorkspace',
      metadata: { name: 'fix-x7k2p', namespace: 'krate-org-acme' },
      spec: { repository: 'web', branch: 'main' },
    },
  ],
});
export type KrateWorkspace = ResourceOf<typeof KrateWorkspace>;
