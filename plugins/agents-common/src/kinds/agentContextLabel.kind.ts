import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentContextLabel = defineKind({
  kind: 'AgentContextLabel',
  plural: 'agentcontextlabels',
  area: 'agents',
  storage: 'config',
  summary: 'A reviewed piece of prompt that a task, a rule or a label can add by name.',
  writableBy: 'maintainer',
  spec: z.object({
    displayName: z.string().min(1).max(120).optional().describe('The name people read.'),
    promptFragment: z.string().min(1).max(16_384).describe('What is added to the prompt, word for word.'),
    allowedSources: z
      .array(
        z.enum([
          'pipeline',
          'job',
          'pull-request',
          'issue',
          'comment',
          'push',
          'schedule',
          'webhook',
          'manual',
        ]),
      )
      .min(1)
      .describe('What may add it.'),
    requiresReview: z
      .boolean()
      .default(true)
      .describe('A run it was added to by anything but a person waits for an approval.'),
  }),
  status: z.object({
    digest: z.string().optional().describe('sha256 of the piece; runs record it.'),
  }),
  conditions: { Ready: ['Valid', 'TooLong'] },
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Sources', path: 'spec.allowedSources' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentContextLabel',
      metadata: { name: 'ci-failure-summary', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'CI failure summary',
        promptFragment:
          'Include failed workflow, job, step, command, exit code, first error block, changed files and rerun history.',
        allowedSources: ['pipeline', 'job', 'pull-request'],
      },
    },
  ],
  docs: `A label adds words and nothing else: no secret, no tool, no approval mode, no pool and no identity. It always shows in
the preview of a dispatch. A run keeps the generation and the digest it was given, whatever becomes of the label.`,
});
export type AgentContextLabel = ResourceOf<typeof AgentContextLabel>;
