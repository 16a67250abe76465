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
    repository: ref('Repository').describe('The repository that is checked out.'),
    branch: z.string().max(250).default('main').describe('The branch, or a full ref.'),
    baseSha: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional()
      .describe('The commit it starts from; default: the branch’s head.'),
    volumeSpec: z
      .object({
        storageClassName: z.string().max(253).optional().describe('Storage class of the volume.'),
        capacity: z.string().max(20).default('10Gi').describe('Size of the volume.'),
        accessModes: z.array(z.string()).default(['ReadWriteOnce']).describe('How it can be mounted.'),
      })
      .default({ capacity: '10Gi', accessModes: ['ReadWriteOnce'] })
      .describe('The volume of a checkout that is kept on one; a checkout on a host’s own disk has none.'),
    policyRef: ref('KrateWorkspacePolicy')
      .optional()
      .describe('How long it stays; absent: 24 hours after its release.'),
    trustTier: z
      .enum(['trusted', 'untrusted'])
      .default('untrusted')
      .describe('How far what runs in it is trusted; a run that makes it sets its pool’s.'),
    runRef: ref('AgentDispatchRun')
      .optional()
      .describe('The run that claims it; set and cleared by the run’s reconciler.'),
    archive: z
      .boolean()
      .default(false)
      .describe('Set it to have the files removed as soon as no run uses it.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Provisioning', 'Ready', 'InUse', 'Archiving', 'Archived', 'Failed'])
      .optional()
      .describe('Where it stands; `InUse`: a run has claimed it.'),
    node: z.string().optional().describe('The host the checkout is on.'),
    gitState: z
      .enum(['Cloning', 'Ready', 'Dirty', 'Synced'])
      .optional()
      .describe('The checkout: being made, as it was made, or (`Dirty`) in the hands of a run.'),
    baseSha: z.string().optional().describe('The commit it started from.'),
    headSha: z.string().optional().describe('The commit that was checked out.'),
    sizeBytes: z
      .int()
      .optional()
      .describe('Bytes of its files when they were checked out; 0 once it is archived.'),
    claimedAt: z.string().optional().describe('When a run last claimed it.'),
    releasedAt: z
      .string()
      .optional()
      .describe('When a run last gave it back; its time to stay counts from here.'),
    lastError: z.string().optional().describe('Why it could not be made.'),
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
