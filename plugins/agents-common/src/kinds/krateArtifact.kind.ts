import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const KrateArtifact = defineKind({
  kind: 'KrateArtifact',
  plural: 'krateartifacts',
  shortNames: ['artifact', 'artifacts'],
  area: 'agents',
  storage: 'record',
  summary: 'Something a run produced and that outlives it: a patch, a report, a review.',
  writableBy: 'system',
  spec: z.object({
    dispatchRun: ref('AgentDispatchRun'),
    attempt: ref('AgentDispatchAttempt').optional(),
    kind: z.enum([
      'diagnosis',
      'patch',
      'review',
      'test-report',
      'release-report',
      'subagent-output',
      'workspace-diff',
      'output',
    ]),
    digest: z.string().max(100).describe('`sha256:<hex>` of the content.'),
    size: z.int().min(0),
    mediaType: z.string().max(120),
    summary: z.string().max(4096).optional(),
    patch: z
      .object({
        baseSha: z.string(),
        headSha: z.string(),
        targetRef: z.string(),
        commits: z.int(),
        files: z
          .array(z.object({ path: z.string(), additions: z.int(), deletions: z.int(), binary: z.boolean() }))
          .max(5000),
      })
      .optional()
      .describe('For kind `patch`: the commits it stands for.'),
  }),
  status: z.object({ phase: z.enum(['Available', 'Storing']).optional() }),
  conditions: { Ready: ['Available', 'Storing', 'Failed'] },
  immutable: ['spec'],
  selectableFields: ['spec.dispatchRun', 'spec.kind'],
  columns: [
    { name: 'Run', path: 'spec.dispatchRun' },
    { name: 'Kind', path: 'spec.kind' },
    { name: 'Size', path: 'spec.size', type: 'integer' },
    { name: 'Summary', path: 'spec.summary' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateArtifact',
      metadata: { name: 'fix-x7k2p-1-patch', namespace: 'krate-org-acme' },
      spec: {
        dispatchRun: 'fix-x7k2p',
        kind: 'patch',
        digest: 'sha256:0',
        size: 512,
        mediaType: 'text/x-diff',
      },
    },
  ],
  docs: 'The content is the `content` stream of the object.',
});
export type KrateArtifact = ResourceOf<typeof KrateArtifact>;
