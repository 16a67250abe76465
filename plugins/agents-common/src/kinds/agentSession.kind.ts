import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentSession = defineKind({
  kind: 'AgentSession',
  plural: 'agentsessions',
  area: 'agents',
  storage: 'record',
  summary: 'The conversation an attempt has with its agent program.',
  writableBy: 'system',
  spec: z.object({
    agentMuxSessionId: z.string().max(253).describe('The session’s id at the agent program.'),
    dispatchRun: ref('AgentDispatchRun').describe('The run it belongs to.'),
    attempt: ref('AgentDispatchAttempt').describe('The attempt that has it.'),
  }),
  status: z.object({
    phase: z
      .enum(['Active', 'Completed', 'Failed', 'Cancelled'])
      .optional()
      .describe('Where it stands, as its attempt does.'),
    agentName: z.string().optional().describe('What the program calls itself.'),
    agentVersion: z.string().optional().describe('The version the program names.'),
    turns: z
      .int()
      .optional()
      .describe('How often the agent was given the word, where a controller counts it.'),
    toolCalls: z.int().optional().describe('How many tools it called, where a controller counts it.'),
  }),
  conditions: { Bound: ['SessionBound', 'SessionEnded'] },
  immutable: ['spec.agentMuxSessionId', 'spec.dispatchRun', 'spec.attempt'],
  selectableFields: ['spec.dispatchRun', 'status.phase'],
  columns: [
    { name: 'Run', path: 'spec.dispatchRun' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentSession',
      metadata: { name: 'fix-x7k2p-1', namespace: 'krate-org-acme' },
      spec: { agentMuxSessionId: 'ses_1', dispatchRun: 'fix-x7k2p', attempt: 'fix-x7k2p-1' },
    },
  ],
});
export type AgentSession = ResourceOf<typeof AgentSession>;
