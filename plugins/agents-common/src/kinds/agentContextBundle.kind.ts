import { defineKind, digest, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const source = z.object({
  kind: z
    .string()
    .min(1)
    .max(100)
    .describe('`changed-files`, `failing-job-log`, `repository-instructions`, …'),
  ref: z.string().max(500).optional().describe('The object or the commit it is from.'),
  path: z.string().max(1000).optional().describe('The file it is from.'),
  digest: digest().describe('Of what the agent got, after redaction.'),
  bytes: z.int().min(0).optional().describe('Its size.'),
  redactionStatus: z.enum(['clean', 'redacted', 'excluded']).default('clean').describe('What was taken out.'),
});

export const AgentContextBundle = defineKind({
  kind: 'AgentContextBundle',
  plural: 'agentcontextbundles',
  area: 'agents',
  storage: 'record',
  summary: 'Everything a run was given to read, frozen before the agent starts.',
  writableBy: 'system',
  spec: z.object({
    dispatchRun: ref('AgentDispatchRun').describe('The run it was put together for.'),
    digest: digest().describe('Of all layers and sources; runs, approvals and artifacts name it.'),
    layers: z
      .array(
        z.object({
          name: z
            .enum(['system', 'developer', 'skills', 'labels', 'trigger', 'task'])
            .describe('Which part of the prompt.'),
          digest: digest().describe('Of its text.'),
          bytes: z.int().min(0).max(65_536).describe('Its size.'),
        }),
      )
      .max(10)
      .default([])
      .describe('The prompt, in order.'),
    sources: z.array(source).max(500).describe('What there is to read besides, in order.'),
    contextLabels: z
      .array(
        z.object({
          name: ref('AgentContextLabel').describe('The label.'),
          generation: z.int().min(1).describe('As it was.'),
          digest: digest().describe('Of its text as it was.'),
        }),
      )
      .max(20)
      .default([])
      .describe('The pieces of prompt that were added by name.'),
    attachments: z
      .array(
        z.object({
          name: z.string().min(1).max(253).describe('What it is called.'),
          mimeType: z.string().max(120).describe('Its media type.'),
          digest: digest().describe('Of its content.'),
          size: z.int().min(0).describe('In bytes.'),
        }),
      )
      .max(32)
      .default([])
      .describe('Files that go along.'),
    redactions: z
      .object({
        total: z.int().min(0).describe('Places.'),
        byKind: z
          .record(z.string(), z.int().min(0))
          .default({})
          .describe('`provider-token`, `bearer-token`, `private-key`, … and how many of each.'),
      })
      .default({ total: 0, byKind: {} })
      .describe('What was taken out: how much of what kind, never what.'),
    limits: z
      .object({
        maxBytes: z.int().min(1).describe('What it may have.'),
        bytes: z.int().min(0).describe('What it has.'),
        truncated: z.boolean().default(false).describe('Something was cut.'),
        reason: z.string().max(1000).optional().describe('What was cut, and why.'),
      })
      .optional()
      .describe('Its size.'),
    memorySnapshot: z
      .string()
      .max(253)
      .optional()
      .describe('Name of the AgentMemorySnapshot it was read with.'),
  }),
  status: z.object({ phase: z.enum(['Ready', 'Failed']).optional().describe('Whether it can be used.') }),
  conditions: { Ready: ['Assembled', 'RedactionFailed', 'SourceMissing'] },
  immutable: ['spec.dispatchRun', 'spec.digest', 'spec.sources', 'spec.layers', 'spec.contextLabels'],
  selectableFields: ['spec.dispatchRun', 'spec.digest'],
  columns: [
    { name: 'Run', path: 'spec.dispatchRun' },
    { name: 'Bytes', path: 'spec.limits.bytes', type: 'integer' },
    { name: 'Redactions', path: 'spec.redactions.total', type: 'integer' },
    { name: 'Digest', path: 'spec.digest', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentContextBundle',
      metadata: { name: 'fix-x7k2p', namespace: 'krate-org-acme' },
      spec: {
        dispatchRun: 'fix-x7k2p',
        digest: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        sources: [
          {
            kind: 'repository-instructions',
            path: 'AGENTS.md',
            digest: 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
            bytes: 1204,
          },
        ],
        redactions: { total: 1, byKind: { 'bearer-token': 1 } },
        limits: { maxBytes: 750000, bytes: 1204 },
      },
    },
  ],
});
export type AgentContextBundle = ResourceOf<typeof AgentContextBundle>;
