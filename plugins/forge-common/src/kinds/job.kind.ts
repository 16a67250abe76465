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
    pipeline: ref('Pipeline'),
    repository: ref('Repository'),
    step: z.string().max(60).describe('The job’s name in the pipeline.'),
    sha: z.string().regex(/^[0-9a-f]{40}$/),
    steps: z.array(stepSchema).min(1).max(50),
    runnerPool: ref('RunnerPool').optional().describe('Where it waits for a place; the pipeline chooses.'),
    trustTier: z.enum(['trusted', 'untrusted']).default('untrusted'),
    timeoutSeconds: z.int().min(1).max(86_400).default(600),
    cancel: z.boolean().default(false).describe('Set by the pipeline’s cancel.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled']).optional(),
    node: z.string().optional().describe('The host that holds the process.'),
    queuePosition: z.int().optional(),
    startedAt: z.string().optional(),
    finishedAt: z.string().optional(),
    exitCode: z.int().optional(),
    failedStep: z.string().optional(),
    reason: z.string().optional(),
    log: z
      .object({ stream: z.string(), length: z.int(), digest: z.string().optional() })
      .optional()
      .describe('The `log` stream of this object.'),
    steps: z
      .array(
        z.object({
          name: z.string(),
          phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Skipped']),
          offset: z.int().optional().describe('Where its output starts in the log.'),
          durationSeconds: z.number().optional(),
        }),
      )
      .optional(),
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
