import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const comment = z.object({
  path: z.string().max(1000).describe('The file, relative to the root of the repository.'),
  line: z.int().min(1).describe('Line in the new file, or in the old one with side `old`.'),
  side: z.enum(['new', 'old']).default('new').describe('Which version of the file `line` counts in.'),
  body: z.string().min(1).max(65_536).describe('What is said of that line, in Markdown.'),
});

export const Review = defineKind({
  kind: 'Review',
  plural: 'reviews',
  area: 'forge',
  storage: 'record',
  summary: 'One person’s verdict on a pull request at one commit.',
  writableBy: 'developer',
  spec: z.object({
    pullRequest: ref('PullRequest').describe('What is reviewed.'),
    decision: z
      .enum(['approved', 'changes_requested', 'commented'])
      .describe('The verdict; `commented` gives none.'),
    body: z.string().max(65_536).optional().describe('What is said of the whole, in Markdown.'),
    comments: z.array(comment).max(200).default([]).describe('What is said of single lines.'),
    reviewer: z.string().max(253).optional().describe('Set by the server from the caller.'),
    headSha: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional()
      .describe('The commit that was reviewed; set by the server to the present head when absent.'),
  }),
  status: z.object({
    phase: z
      .enum(['Approved', 'ChangesRequested', 'Commented'])
      .optional()
      .describe('The decision, whether it counts or not; condition `Ready` says that.'),
    stale: z.boolean().optional().describe('The pull request moved on since.'),
  }),
  conditions: { Ready: ['Counted', 'Stale', 'PullRequestMissing', 'OwnPullRequest'] },
  immutable: ['spec.pullRequest', 'spec.decision', 'spec.reviewer', 'spec.headSha'],
  selectableFields: ['spec.pullRequest'],
  columns: [
    { name: 'Pull Request', path: 'spec.pullRequest' },
    { name: 'Reviewer', path: 'spec.reviewer' },
    { name: 'Decision', path: 'spec.decision' },
    { name: 'Stale', path: 'status.stale', type: 'boolean' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Review',
      metadata: { name: 'web-1-ada', namespace: 'krate-org-acme' },
      spec: { pullRequest: 'web-1', decision: 'approved', body: 'Reads well.' },
    },
  ],
});
export type Review = ResourceOf<typeof Review>;
