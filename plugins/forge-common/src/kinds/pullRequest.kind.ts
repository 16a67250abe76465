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
  name: z
    .enum([
      'open',
      'not-draft',
      'no-conflicts',
      'approvals',
      'no-changes-requested',
      'checks',
      'not-archived',
    ])
    .describe('What must hold.'),
  met: z.boolean().describe('Whether it does.'),
  message: z.string().describe('What is missing, for the person who would merge.'),
});

const check = z.object({
  context: z.string().describe('Name of the check: the pipeline’s file name and job.'),
  state: z
    .enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
    .describe('Of the newest run on the head; `Pending` also when there is none yet.'),
  pipeline: z.string().optional().describe('The Pipeline it is the result of; absent until one runs.'),
  job: z.string().optional().describe('The Job it is the result of; absent until there is one.'),
  required: z
    .boolean()
    .describe('A BranchProtection of the target asks for it; only then does it hold up the merge.'),
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
    repository: ref('Repository').describe('The repository that has both branches.'),
    number: z.int().min(1).optional().describe('Assigned by the server, shared with issues.'),
    title: z.string().min(1).max(250).describe('What changes, in one line.'),
    description: z.string().max(65_536).optional().describe('What changes and why, in Markdown.'),
    sourceRef: branch.describe(
      'The branch that has the change: `fix`, stored as `refs/heads/fix`; cannot be changed.',
    ),
    targetRef: branch.describe('The branch it should go to.'),
    draft: z.boolean().default(false).describe('Not ready: it cannot be merged while it is.'),
    state: z
      .enum(['open', 'closed'])
      .default('open')
      .describe('`closed` withdraws it; a merged one stays merged.'),
    author: z.string().max(253).optional().describe('Set by the server from the caller.'),
    reviewers: z
      .array(ref('User'))
      .max(20)
      .default([])
      .describe('Who is asked to review it; others may, too.'),
    merge: z
      .object({
        method: z
          .enum(['merge', 'squash', 'rebase'])
          .default('merge')
          .describe(
            '`merge`: a merge commit. `squash`: one commit of everything. `rebase`: its commits on top of the target, if none is a merge.',
          ),
        expectedHeadSha: z
          .string()
          .regex(/^[0-9a-f]{40}$/)
          .describe('The head that was reviewed; with any other, the merge is refused.'),
        message: z
          .string()
          .max(65_536)
          .optional()
          .describe(
            'Of the merge or squash commit; the server writes one when absent. A rebase keeps the messages.',
          ),
        requestedBy: z.string().optional().describe('Who asked; set by the server from the caller.'),
        requestedAt: z.string().optional().describe('When it was asked for; set by the server.'),
      })
      .optional()
      .describe(
        'Asks for the merge of exactly this head. Gates are checked again at the moment of the merge.',
      ),
  }),
  status: z.object({
    phase: z
      .enum(['Open', 'Draft', 'Merged', 'Closed'])
      .optional()
      .describe('Where it stands; `Merged` is for good.'),
    headSha: z
      .string()
      .optional()
      .describe('Last commit of the source branch; the last one known once that branch is gone.'),
    baseSha: z
      .string()
      .optional()
      .describe(
        'Commit the target branch is at; absent when there is no such branch, and once it is merged.',
      ),
    mergeBaseSha: z
      .string()
      .optional()
      .describe('The commit both branches come from; changes are counted from here.'),
    commits: z.int().optional().describe('On the head and not on the target.'),
    changedFiles: z.int().optional().describe('Files that differ between the merge base and the head.'),
    additions: z.int().optional().describe('Lines added since the merge base.'),
    deletions: z.int().optional().describe('Lines removed since the merge base.'),
    conflictingFiles: z
      .array(z.string())
      .optional()
      .describe('Paths that a merge into the target would conflict in, at most 200; empty: it is clean.'),
    approvals: z.int().optional().describe('People whose approval counts.'),
    reviewDecision: z
      .enum(['none', 'approved', 'changes-requested'])
      .optional()
      .describe('What the reviews that count come to.'),
    checks: z
      .array(check)
      .optional()
      .describe('Checks of the head: those that ran and those that are required.'),
    gates: z
      .array(gate)
      .optional()
      .describe('What must hold before the merge; looked at again at the moment of it.'),
    mergeable: z.boolean().optional().describe('Every gate is met.'),
    mergeRefused: z
      .object({
        code: z
          .string()
          .describe(
            'For programs, such as `stale-head`, `gates-unmet`, `conflict`, `not-linear`, `refused`.',
          ),
        message: z.string().describe('For people: what stood in the way.'),
      })
      .optional()
      .describe('Why the last merge request did nothing.'),
    mergeCommit: z.string().optional().describe('The commit on the target branch that it became.'),
    mergedBy: z.string().optional().describe('Who asked for the merge; absent when it was merged by a push.'),
    mergedAt: z.string().optional().describe('When it was merged.'),
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
