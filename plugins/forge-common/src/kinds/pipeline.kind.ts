import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

/** One command of a job, run by `sh -e` in the checked-out commit. */
export const stepSchema = z.object({
  name: z.string().min(1).max(120),
  run: z.string().min(1).max(20_000),
});

export const jobDefinitionSchema = z.object({
  name: z.string().min(1).max(60),
  steps: z.array(stepSchema).min(1).max(50),
  runnerPool: z
    .string()
    .max(253)
    .optional()
    .describe('Default: the first pool that admits the commit’s trust tier.'),
  timeoutSeconds: z.int().min(1).max(86_400).default(600),
});

export const Pipeline = defineKind({
  kind: 'Pipeline',
  plural: 'pipelines',
  area: 'forge',
  storage: 'record',
  retention: { since: 'status.finishedAt', days: 90 },
  summary: 'One run of a repository’s `.krate/pipelines/<workflow>.yaml` on one commit.',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository'),
    ref: z.string().max(250),
    sha: z.string().regex(/^[0-9a-f]{40}$/),
    workflow: z.string().max(100).describe('The file’s name without `.yaml`.'),
    pullRequest: ref('PullRequest').optional(),
    trustTier: z.enum(['trusted', 'untrusted']).default('untrusted'),
    actor: z.string().max(253).optional(),
    jobs: z
      .array(jobDefinitionSchema)
      .max(50)
      .default([])
      .describe('As the file said at this commit; the server reads it.'),
    problem: z
      .string()
      .max(2000)
      .optional()
      .describe('Why the file cannot be used; the pipeline fails with it.'),
    cancel: z
      .object({
        reason: z.string().max(500).optional(),
        requestedBy: z.string().optional(),
        requestedAt: z.string().optional(),
      })
      .optional(),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled']).optional(),
    startedAt: z.string().optional(),
    finishedAt: z.string().optional(),
    failedJob: z.string().optional(),
    jobs: z
      .array(
        z.object({
          name: z.string().describe('As in the file.'),
          job: z.string().describe('The Job.'),
          phase: z.enum(['Pending', 'Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled']),
        }),
      )
      .optional(),
  }),
  conditions: { Complete: ['Succeeded', 'Failed', 'Cancelled', 'Running'] },
  immutable: [
    'spec.repository',
    'spec.ref',
    'spec.sha',
    'spec.workflow',
    'spec.pullRequest',
    'spec.jobs',
    'spec.problem',
    'spec.trustTier',
  ],
  selectableFields: ['spec.repository', 'spec.pullRequest', 'spec.sha', 'status.phase'],
  actions: {
    cancel: {
      field: 'spec.cancel',
      by: 'spec.cancel.requestedBy',
      at: 'spec.cancel.requestedAt',
      role: 'developer',
    },
  },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Workflow', path: 'spec.workflow' },
    { name: 'Ref', path: 'spec.ref' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Pipeline',
      metadata: { name: 'web-test-0a1b2c3', namespace: 'krate-org-acme' },
      spec: {
        repository: 'web',
        ref: 'refs/heads/main',
        sha: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
        workflow: 'test',
        jobs: [{ name: 'test', steps: [{ name: 'run the tests', run: 'npm test' }] }],
      },
    },
  ],
});
export type Pipeline = ResourceOf<typeof Pipeline>;
