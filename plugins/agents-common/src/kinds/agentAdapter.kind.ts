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
    adapterType: z
      .enum(['subprocess', 'remote', 'programmatic'])
      .describe('How the agent is reached. Krate drives a `subprocess`; the others are not ready.'),
    transport: z
      .enum(['stdio', 'http', 'websocket', 'unix'])
      .describe('What messages go over. A `subprocess` is spoken to over `stdio`.'),
    protocol: z
      .enum(['acp', 'codex-json', 'plain'])
      .default('acp')
      .describe('The language of the messages. Krate speaks `acp`; an adapter with another is not ready.'),
    command: z
      .array(z.string().max(4096))
      .min(1)
      .optional()
      .describe(
        'Program and arguments; no shell. `krate:scripted-agent` names the scripted agent that comes with Krate.',
      ),
    capabilities: z
      .array(z.string().max(60))
      .default([])
      .describe('What the agent program can do, for people.'),
    trusted: z.boolean().default(false).describe('May run where isolation cannot be enforced.'),
  }),
  status: z.object({
    version: z.string().optional().describe('The version of the program, where a controller reports it.'),
    agentName: z
      .string()
      .optional()
      .describe('What the program calls itself, where a controller reports it.'),
  }),
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
