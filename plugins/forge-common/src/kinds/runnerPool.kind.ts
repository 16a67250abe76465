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
    maxReplicas: z.int().min(1).max(1000),
    trustTier: z
      .enum(['trusted', 'untrusted'])
      .default('untrusted')
      .describe('An untrusted pool needs enforced isolation and never hands out secrets.'),
    jobTimeoutSeconds: z.int().min(1).max(86_400).default(3600),
  }),
  status: z.object({
    phase: z.enum(['Empty', 'Active', 'Idle']).optional(),
    active: z.int().optional(),
    queued: z.int().optional(),
    available: z.int().optional(),
    granted: z
      .array(z.object({ job: z.string(), uid: z.string() }))
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
