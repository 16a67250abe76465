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
    dispatchRun: ref('AgentDispatchRun').describe('The run that produced it.'),
    attempt: ref('AgentDispatchAttempt').optional().describe('The attempt that produced it.'),
    kind: z
      .enum([
        'diagnosis',
        'patch',
        'review',
        'test-report',
        'release-report',
        'subagent-output',
        'workspace-diff',
        'output',
      ])
      .describe('What it is.'),
    digest: z.string().max(100).describe('`sha256:<hex>` of the content.'),
    size: z.int().min(0).describe('Bytes of the content.'),
    mediaType: z.string().max(120).describe('Media type of the content, for example `text/x-diff`.'),
    summary: z.string().max(4096).optional().describe('What it says, in a sentence.'),
    patch: z
      .object({
        baseSha: z.string().describe('The commit they start from.'),
        headSha: z.string().describe('The last of them.'),
        targetRef: z.string().describe('The full ref the run started from, and would propose them to.'),
        commits: z.int().describe('How many there are.'),
        files: z
          .array(
            z.object({
              path: z.string().describe('Its path in the repository.'),
              additions: z.int().describe('Lines added.'),
              deletions: z.int().describe('Lines removed.'),
              binary: z.boolean().describe('Not text: no lines are counted.'),
            }),
          )
          .max(5000)
          .describe('The files they change.'),
      })
      .optional()
      .describe('For kind `patch`: the commits it stands for.'),
  }),
  status: z.object({
    phase: z.enum(['Available', 'Storing']).optional().describe('Whether its content can be read.'),
  }),
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
