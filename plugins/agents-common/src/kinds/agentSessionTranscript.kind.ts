import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const message = z.object({
  role: z.enum(['user', 'assistant', 'tool', 'system']).describe('Who speaks.'),
  content: z.string().max(65_536).describe('What is said, redacted.'),
  timestamp: z.iso.datetime({ offset: true }).describe('When.'),
  costTokens: z.int().min(0).optional().describe('The tokens it took.'),
  toolCalls: z
    .array(
      z.object({
        id: z.string().max(253).describe('The call’s id at the agent program.'),
        tool: z.string().max(200).describe('What is called.'),
        input: z.string().max(65_536).optional().describe('With what, redacted.'),
        outcome: z
          .enum(['pending', 'succeeded', 'failed', 'denied'])
          .default('pending')
          .describe('How it ended.'),
      }),
    )
    .max(100)
    .default([])
    .describe('The tools it calls.'),
});

export const AgentSessionTranscript = defineKind({
  kind: 'AgentSessionTranscript',
  plural: 'agentsessiontranscripts',
  area: 'agents',
  storage: 'record',
  summary: 'A page of what was said in a session.',
  writableBy: 'system',
  spec: z.object({
    sessionRef: ref('AgentSession').describe('The session.'),
    page: z.int().min(1).default(1).describe('Which page; the first is 1.'),
    pageSize: z.int().min(1).max(200).default(20).describe('How many messages a page has at most.'),
    messages: z.array(message).max(200).describe('What was said, the oldest first.'),
    cost: z
      .object({
        inputTokens: z.int().min(0).default(0).describe('What the model read.'),
        outputTokens: z.int().min(0).default(0).describe('What it wrote.'),
        totalTokens: z.int().min(0).default(0).describe('Both.'),
      })
      .optional()
      .describe('What this page took.'),
  }),
  status: z.object({
    phase: z
      .enum(['Streaming', 'Reconciled', 'Failed'])
      .optional()
      .describe('`Reconciled`: complete and compared with what the agent program has.'),
    digest: z.string().optional().describe('sha256 of the messages, once they are complete.'),
  }),
  conditions: { Complete: ['Reconciled', 'Streaming', 'SessionMissing', 'Diverged'] },
  immutable: ['spec.sessionRef', 'spec.page'],
  selectableFields: ['spec.sessionRef', 'status.phase'],
  columns: [
    { name: 'Session', path: 'spec.sessionRef' },
    { name: 'Page', path: 'spec.page', type: 'integer' },
    { name: 'Tokens', path: 'spec.cost.totalTokens', type: 'integer' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentSessionTranscript',
      metadata: { name: 'fix-x7k2p-1-page-1', namespace: 'krate-org-acme' },
      spec: {
        sessionRef: 'fix-x7k2p-1',
        messages: [
          { role: 'user', content: 'Make the failing test pass.', timestamp: '2026-11-20T10:00:00Z' },
          {
            role: 'assistant',
            content: 'I will run the tests first.',
            timestamp: '2026-11-20T10:00:04Z',
            toolCalls: [{ id: 'call_1', tool: 'execute', input: 'npm test', outcome: 'failed' }],
          },
        ],
        cost: { inputTokens: 1200, outputTokens: 60, totalTokens: 1260 },
      },
    },
  ],
});
export type AgentSessionTranscript = ResourceOf<typeof AgentSessionTranscript>;
