import { decisionFields, defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { brainPath, commit } from '../fields';

export const AgentMemoryUpdate = defineKind({
  kind: 'AgentMemoryUpdate',
  plural: 'agentmemoryupdates',
  area: 'memory',
  storage: 'record',
  summary: 'A change to memory that somebody, or a run, proposes: checked, reviewed, merged.',
  writableBy: 'developer',
  author: 'spec.proposedBy',
  spec: z.object({
    memoryRepository: ref('AgentMemoryRepository').describe('The brain to change.'),
    sourceRun: ref('AgentDispatchRun').describe('The run that it was learned in.'),
    title: z.string().min(1).max(250).optional().describe('What it is about, in a line.'),
    updateKind: z
      .enum(['proposed-pr', 'direct-commit'])
      .default('proposed-pr')
      .describe(
        '`proposed-pr`: as a pull request of the repository. `direct-commit`: onto the branch once it is approved.',
      ),
    baseCommit: commit()
      .optional()
      .describe('The commit it was written against. Absent: the head of the branch by then.'),
    branchName: z
      .string()
      .max(200)
      .regex(/^[^-\s~^:?*[\\][^\s~^:?*[\\]*$/)
      .optional()
      .describe('The branch to put it on; the server names one `krate/agent-memory/<run>`.'),
    changes: z
      .array(
        z.object({
          path: brainPath().describe('The file, below the root of the brain.'),
          action: z
            .enum(['upsert', 'delete'])
            .describe('`upsert`: the file is then as `content`. `delete`: it is gone.'),
          content: z.string().max(262_144).optional().describe('The whole file, for `upsert`.'),
          reason: z.string().max(1000).optional().describe('Why.'),
        }),
      )
      .min(1)
      .max(100)
      .describe('What to change.'),
    validationPolicy: z
      .object({
        requireOntologyValid: z.boolean().default(true).describe('Its records must keep to the ontology.'),
        requireFrontmatterValid: z
          .boolean()
          .default(true)
          .describe('The heads of its pages must be complete.'),
        requireHumanApproval: z.boolean().default(true).describe('A person must agree.'),
      })
      .default({ requireOntologyValid: true, requireFrontmatterValid: true, requireHumanApproval: true })
      .describe(
        'What must hold before it may be merged. That nothing in it looks like a secret is not up to anybody.',
      ),
    proposedBy: z
      .string()
      .max(253)
      .optional()
      .describe('Who proposed it; set by the server from the caller.'),
    ...decisionFields(['approve', 'reject']),
    merge: z
      .object({
        expectedDiffDigest: digest().describe(
          'The `status.diffDigest` that was reviewed; anything else is refused.',
        ),
        requestedBy: z.string().max(253).optional().describe('Who asked for it; set by the server.'),
        requestedAt: moment().optional().describe('When; set by the server.'),
      })
      .optional()
      .describe('Asks for the merge of exactly what was reviewed.'),
  }),
  status: z.object({
    phase: z
      .enum([
        'Proposed',
        'Validating',
        'ValidationFailed',
        'AwaitingApproval',
        'Approved',
        'Merged',
        'Rejected',
        'RolledBack',
      ])
      .optional()
      .describe('Where it is.'),
    diffDigest: digest().optional().describe('Digest of the change, as it is reviewed and merged.'),
    pullRequest: ref('PullRequest').optional().describe('Its pull request.'),
    branch: z.string().optional().describe('The branch it is on.'),
    findings: z
      .array(
        z.object({
          path: z.string().describe('The file.'),
          line: z.int().min(1).optional().describe('The line in it.'),
          message: z.string().describe('What is wrong.'),
        }),
      )
      .max(200)
      .optional()
      .describe('Why it did not pass the checks.'),
    mergeCommit: commit().optional().describe('The commit it became.'),
    mergedAt: moment().optional().describe('When it did.'),
    mergeRefused: z
      .object({
        code: z.string().describe('Why, in one word: `stale-base`, `digest-changed`.'),
        message: z.string().describe('Why, in a sentence.'),
      })
      .optional()
      .describe('Why the last request for a merge did nothing.'),
  }),
  conditions: {
    Validated: [
      'Valid',
      'Validating',
      'OntologyInvalid',
      'FrontmatterInvalid',
      'PathRefused',
      'SecretFound',
      'MemoryRepositoryMissing',
    ],
    Approved: ['Approved', 'NotRequired', 'Waiting', 'Rejected'],
    Merged: ['Merged', 'NotRequested', 'Merging', 'StaleBase', 'DigestChanged', 'RolledBack'],
  },
  immutable: [
    'spec.memoryRepository',
    'spec.sourceRun',
    'spec.updateKind',
    'spec.baseCommit',
    'spec.changes',
    'spec.validationPolicy',
    'spec.proposedBy',
  ],
  selectableFields: ['spec.memoryRepository', 'spec.sourceRun', 'spec.proposedBy', 'status.phase'],
  actions: {
    approve: {
      field: 'spec.decision',
      by: 'spec.decidedBy',
      at: 'spec.decidedAt',
      with: ['spec.comment'],
      role: 'maintainer',
    },
    merge: {
      field: 'spec.merge',
      by: 'spec.merge.requestedBy',
      at: 'spec.merge.requestedAt',
      role: 'maintainer',
      repeatable: true,
    },
  },
  columns: [
    { name: 'Brain', path: 'spec.memoryRepository' },
    { name: 'Title', path: 'spec.title' },
    { name: 'Run', path: 'spec.sourceRun' },
    { name: 'Proposed By', path: 'spec.proposedBy' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Decided By', path: 'spec.decidedBy', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemoryUpdate',
      metadata: { name: 'fix-x7k2p-rounding', namespace: 'krate-org-acme' },
      spec: {
        memoryRepository: 'company-brain',
        sourceRun: 'fix-x7k2p',
        title: 'Prices are rounded half to even',
        changes: [
          {
            path: 'decisions/rounding.md',
            action: 'upsert',
            content:
              '---\nid: decision:rounding\nkind: Decision\ntitle: Rounding of prices\nstatus: draft\n---\nHalf to even.\n',
            reason: 'The run found two rules in use; the team settled on this one in the review.',
          },
        ],
      },
    },
  ],
  docs: `Answer by setting \`spec.decision\`. To merge, set \`spec.merge\` with the \`status.diffDigest\` you reviewed. A merge never changes
what the run that proposed it has read.`,
});
export type AgentMemoryUpdate = ResourceOf<typeof AgentMemoryUpdate>;
