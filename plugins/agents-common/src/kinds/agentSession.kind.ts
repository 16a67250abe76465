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
    dispatchRun: ref('AgentDispatchRun'),
    attempt: ref('AgentDispatchAttempt'),
  }),
  status: z.object({
    phase: z.enum(['Active', 'Completed', 'Failed', 'Cancelled']).optional(),
    agentName: z.string().optional(),
    agentVersion: z.string().optional(),
    turns: z.int().optional(),
    toolCalls: z.int().optional(),
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
