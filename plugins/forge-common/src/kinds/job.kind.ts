import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { stepSchema } from './pipeline.kind';

export const Job = defineKind({
  kind: 'Job',
  plural: 'jobs',
  area: 'forge',
  storage: 'record',
  summary: 'One job of a pipeline, executed step by step by a runner.',
  writableBy: 'system',
  spec: z.object({
    pipeline: ref('Pipeline').describe('The pipeline that made it.'),
    repository: ref('Repository').describe('The pipeline’s repository.'),
    step: z.string().max(60).describe('The job’s name in the pipeline.'),
    sha: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .describe('The commit that is checked out for it.'),
    steps: z.array(stepSchema).min(1).max(50).describe('As the pipeline’s file says; run one after another.'),
    runnerPool: ref('RunnerPool').optional().describe('Where it waits for a place; the pipeline chooses.'),
    trustTier: z
      .enum(['trusted', 'untrusted'])
      .default('untrusted')
      .describe('From the pipeline. Untrusted work runs only in isolation and never in a trusted pool.'),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(600)
      .describe('Seconds for all steps together; the pool’s limit holds if it is shorter.'),
    cancel: z.boolean().default(false).describe('Set by the pipeline’s cancel.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
      .optional()
      .describe('`Pending`: no pool takes it yet. `Queued`: it waits for a place in its pool.'),
    node: z.string().optional().describe('The host that holds the process.'),
    queuePosition: z.int().optional().describe('Its place in the pool’s queue, from 1; absent once it runs.'),
    startedAt: z
      .string()
      .optional()
      .describe('When its first step began; after a lost runner, of the second start.'),
    finishedAt: z.string().optional().describe('When it ended, in whatever way; nothing changes after that.'),
    exitCode: z
      .int()
      .optional()
      .describe('Of the step that failed, or 0; absent when it timed out, was cancelled or did not run.'),
    failedStep: z.string().optional().describe('Name of the step that failed or took too long.'),
    reason: z.string().optional().describe('Why it failed, for people.'),
    log: z
      .object({
        stream: z.string().describe('Name of the stream: `log`.'),
        length: z.int().describe('Bytes written so far.'),
        digest: z.string().optional().describe('Of the whole log; there once it has ended.'),
      })
      .optional()
      .describe('The `log` stream of this object.'),
    steps: z
      .array(
        z.object({
          name: z.string().describe('As in `spec.steps`.'),
          phase: z
            .enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Skipped'])
            .describe('`Skipped`: a step before it failed.'),
          offset: z.int().optional().describe('Where its output starts in the log.'),
          durationSeconds: z.number().optional().describe('How long it ran; there once it has ended.'),
        }),
      )
      .optional()
      .describe('What became of each step, in their order; absent until it runs.'),
  }),
  conditions: {
    Complete: [
      'Succeeded',
      'StepFailed',
      'TimedOut',
      'Cancelled',
      'RunnerLost',
      'LaunchFailed',
      'Running',
      'Queued',
    ],
    Isolated: ['Enforced', 'NotEnforced', 'NotStarted'],
  },
  selectableFields: ['spec.pipeline', 'spec.repository', 'status.phase'],
  columns: [
    { name: 'Pipeline', path: 'spec.pipeline' },
    { name: 'Step', path: 'spec.step' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Job',
      metadata: { name: 'web-test-0a1b2c3-test', namespace: 'krate-org-acme' },
      spec: {
        pipeline: 'web-test-0a1b2c3',
        repository: 'web',
        step: 'test',
        sha: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
        steps: [{ name: 'run the tests', run: 'npm test' }],
      },
    },
  ],
});
export type Job = ResourceOf<typeof Job>;
