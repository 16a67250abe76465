import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentAdapter = defineKind({
  kind: 'AgentAdapter',
  plural: 'agentadapters',
  area: 'agents',
  storage: 'config',
  summary: 'How an agent program is started and spoken to.',
  writableBy: 'admin',
  spec: z.object({
    adapterType: z.enum(['subprocess', 'remote', 'programmatic']),
    transport: z.enum(['stdio', 'http', 'websocket', 'unix']),
    protocol: z.enum(['acp', 'codex-json', 'plain']).default('acp'),
    command: z
      .array(z.string().max(4096))
      .min(1)
      .optional()
      .describe(
        'Program and arguments; no shell. `krate:scripted-agent` names the scripted agent that comes with Krate.',
      ),
    capabilities: z.array(z.string().max(60)).default([]),
    trusted: z.boolean().default(false).describe('May run where isolation cannot be enforced.'),
  }),
  status: z.object({ version: z.string().optional(), agentName: z.string().optional() }),
  conditions: { Ready: ['CommandFound', 'CommandMissing', 'Unsupported'] },
  columns: [
    { name: 'Type', path: 'spec.adapterType' },
    { name: 'Protocol', path: 'spec.protocol' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentAdapter',
      metadata: { name: 'opencode', namespace: 'krate-org-acme' },
      spec: { adapterType: 'subprocess', transport: 'stdio', command: ['opencode', 'acp'] },
    },
  ],
});
export type AgentAdapter = ResourceOf<typeof AgentAdapter>;
