import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

/** One command of a job, run by `sh -e` in the checked-out commit. */
export const stepSchema = z.object({
  name: z.string().min(1).max(120).describe('What people read in the log and in the status.'),
  run: z
    .string()
    .min(1)
    .max(20_000)
    .describe('Shell text, run by `sh -e`; an exit code other than 0 ends the job.'),
});

export const jobDefinitionSchema = z.object({
  name: z.string().min(1).max(60).describe('Unique in the file; the Job is named `<pipeline>-<name>`.'),
  steps: z
    .array(stepSchema)
    .min(1)
    .max(50)
    .describe('Run one after another in one workspace; the first that fails ends the job.'),
  runnerPool: z
    .string()
    .max(253)
    .optional()
    .describe('Default: the first pool that admits the commit’s trust tier.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe('Seconds for all steps together; the pool’s limit holds if it is shorter.'),
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
    repository: ref('Repository').describe('Whose file it runs and whose commit it checks out.'),
    ref: z.string().max(250).describe('The branch it was started for, by its full name: `refs/heads/main`.'),
    sha: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .describe('The commit it runs on.'),
    workflow: z.string().max(100).describe('The file’s name without `.yaml`.'),
    pullRequest: ref('PullRequest')
      .optional()
      .describe('Whose checks it counts for; absent when it runs for a branch.'),
    trustTier: z
      .enum(['trusted', 'untrusted'])
      .default('untrusted')
      .describe(
        'How far the commit is trusted; for a pull request of an agent always `untrusted`. Untrusted work needs isolation.',
      ),
    actor: z
      .string()
      .max(253)
      .optional()
      .describe('Who started it; set by the server. For a new head of a pull request, its author.'),
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
        reason: z.string().max(500).optional().describe('Why, in the words of whoever cancels.'),
        requestedBy: z.string().optional().describe('Set by the server from the caller.'),
        requestedAt: z.string().optional().describe('When it was asked for; set by the server.'),
      })
      .optional()
      .describe('Asks for the end of every job that has not ended.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
      .optional()
      .describe('Summed up from the jobs: `Failed` if one failed, once all have ended.'),
    startedAt: z.string().optional().describe('When its first job was seen to run.'),
    finishedAt: z.string().optional().describe('When its last job was seen to have ended.'),
    failedJob: z
      .string()
      .optional()
      .describe('Name of the first Job, in the order of the file, that failed.'),
    jobs: z
      .array(
        z.object({
          name: z.string().describe('As in the file.'),
          job: z.string().describe('The Job.'),
          phase: z
            .enum(['Pending', 'Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
            .describe('The Job’s own phase.'),
        }),
      )
      .optional()
      .describe('Its jobs, in the order of the file.'),
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
