import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const RunnerPool = defineKind({
  kind: 'RunnerPool',
  plural: 'runnerpools',
  area: 'forge',
  storage: 'config',
  summary: 'How many jobs and agent runs may work at once, and how far their code is trusted.',
  writableBy: 'maintainer',
  spec: z.object({
    warmReplicas: z.int().min(0).max(1000).describe('Kept ready; at most `maxReplicas`.'),
    maxReplicas: z.int().min(1).max(1000).describe('Places: so many work at once, the others wait.'),
    trustTier: z
      .enum(['trusted', 'untrusted'])
      .default('untrusted')
      .describe('An untrusted pool needs enforced isolation and never hands out secrets.'),
    jobTimeoutSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(3600)
      .describe('Seconds after which a job here is ended, whatever longer time it asks for.'),
  }),
  status: z.object({
    phase: z
      .enum(['Empty', 'Active', 'Idle'])
      .optional()
      .describe('`Active`: a job holds a place. `Idle`: none does.'),
    active: z.int().optional().describe('Jobs that hold a place.'),
    queued: z.int().optional().describe('Jobs that wait for one.'),
    available: z.int().optional().describe('Places that nobody holds.'),
    granted: z
      .array(
        z.object({
          job: z.string().describe('Name of the Job.'),
          uid: z.string().describe('Its uid: a later Job of that name does not inherit the place.'),
        }),
      )
      .optional()
      .describe('The jobs that hold a place. Only the pool gives places, so that there are never too many.'),
    waiting: z.array(z.string()).optional().describe('The next jobs, oldest first.'),
  }),
  conditions: { Ready: ['Available', 'Saturated', 'ReplicasConflict', 'IsolationUnavailable'] },
  columns: [
    { name: 'Max', path: 'spec.maxReplicas', type: 'integer' },
    { name: 'Active', path: 'status.active', type: 'integer' },
    { name: 'Queued', path: 'status.queued', type: 'integer' },
    { name: 'Trust', path: 'spec.trustTier' },
  ],
  catalog: { as: 'Resource', type: 'runner-pool' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'RunnerPool',
      metadata: { name: 'local', namespace: 'krate-org-acme' },
      spec: { warmReplicas: 0, maxReplicas: 2, trustTier: 'trusted' },
    },
  ],
});
export type RunnerPool = ResourceOf<typeof RunnerPool>;
