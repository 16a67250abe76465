import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

/** A branch by its short or full name; admission stores the full one. */
const branch = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[^-\s~^:?*[\\][^\s~^:?*[\\]*$/);

/** One thing that must hold before a pull request may be merged, met or not. */
const gate = z.object({
  name: z.enum([
    'open',
    'not-draft',
    'no-conflicts',
    'approvals',
    'no-changes-requested',
    'checks',
    'not-archived',
  ]),
  met: z.boolean(),
  message: z.string().describe('What is missing, for the person who would merge.'),
});

const check = z.object({
  context: z.string().describe('Name of the check: the pipeline’s file name and job.'),
  state: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Cancelled']),
  pipeline: z.string().optional(),
  job: z.string().optional(),
  required: z.boolean(),
});

export const PullRequest = defineKind({
  kind: 'PullRequest',
  plural: 'pullrequests',
  shortNames: ['pr', 'prs'],
  area: 'forge',
  storage: 'record',
  summary: 'A proposed change to a branch: its commits, its review, its checks and its merge.',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository'),
    number: z.int().min(1).optional().describe('Assigned by the server, shared with issues.'),
    title: z.string().min(1).max(250),
    description: z.string().max(65_536).optional(),
    sourceRef: branch.describe(
      'The branch that has the change: `fix`, stored as `refs/heads/fix`; cannot be changed.',
    ),
    targetRef: branch.describe('The branch it should go to.'),
    draft: z.boolean().default(false),
    state: z
      .enum(['open', 'closed'])
      .default('open')
      .describe('`closed` withdraws it; a merged one stays merged.'),
    author: z.string().max(253).optional().describe('Set by the server from the caller.'),
    reviewers: z.array(ref('User')).max(20).default([]),
    merge: z
      .object({
        method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
        expectedHeadSha: z.string().regex(/^[0-9a-f]{40}$/),
        message: z.string().max(65_536).optional(),
        requestedBy: z.string().optional(),
        requestedAt: z.string().optional(),
      })
      .optional()
      .describe(
        'Asks for the merge of exactly this head. Gates are checked again at the moment of the merge.',
      ),
  }),
  status: z.object({
    phase: z.enum(['Open', 'Draft', 'Merged', 'Closed']).optional(),
    headSha: z.string().optional(),
    baseSha: z.string().optional(),
    mergeBaseSha: z.string().optional(),
    commits: z.int().optional(),
    changedFiles: z.int().optional(),
    additions: z.int().optional(),
    deletions: z.int().optional(),
    conflictingFiles: z.array(z.string()).optional(),
    approvals: z.int().optional(),
    reviewDecision: z.enum(['none', 'approved', 'changes-requested']).optional(),
    checks: z.array(check).optional(),
    gates: z.array(gate).optional(),
    mergeable: z.boolean().optional().describe('Every gate is met.'),
    mergeRefused: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .describe('Why the last merge request did nothing.'),
    mergeCommit: z.string().optional(),
    mergedBy: z.string().optional(),
    mergedAt: z.string().optional(),
    pipelinesSha: z.string().optional().describe('The head whose pipelines were started.'),
  }),
  conditions: {
    Mergeable: ['GatesMet', 'GatesUnmet', 'SourceMissing', 'Computing'],
    ChecksPassed: ['Succeeded', 'NoChecks', 'Running', 'Failed'],
    Merged: ['Merged', 'NotRequested', 'Merging', 'Refused', 'Closed'],
  },
  immutable: ['spec.repository', 'spec.number', 'spec.author'],
  selectableFields: ['spec.repository', 'status.phase'],
  actions: {
    merge: {
      field: 'spec.merge',
      by: 'spec.merge.requestedBy',
      at: 'spec.merge.requestedAt',
      role: 'maintainer',
      repeatable: true,
    },
  },
  numbered: { counter: 'spec.repository', family: 'work-items', field: 'spec.number' },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Number', path: 'spec.number', type: 'integer' },
    { name: 'Title', path: 'spec.title' },
    { name: 'Author', path: 'spec.author' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Mergeable', condition: 'Mergeable' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'PullRequest',
      metadata: { name: 'web-1', namespace: 'krate-org-acme' },
      spec: {
        repository: 'web',
        title: 'Fix the rounding of prices',
        sourceRef: 'refs/heads/fix-rounding',
        targetRef: 'refs/heads/main',
      },
    },
  ],
  docs: `Named \`<repository>-<number>\` when no name is given. To merge, set \`spec.merge\` with the head you reviewed. A merge that is
refused (\`stale-head\`, \`gates-unmet\`, \`conflict\`) changes nothing: \`status.mergeRefused\` says why, and the server takes
\`spec.merge\` away, so that it can be asked for again.`,
});
export type PullRequest = ResourceOf<typeof PullRequest>;
