import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { linkSource, workItemRef } from './workItemRef';

export const WorkItemSessionLink = defineKind({
  kind: 'WorkItemSessionLink',
  plural: 'workitemsessionlinks',
  area: 'agents',
  storage: 'record',
  summary: 'Ties a conversation with an agent to the issue or pull request it is about.',
  writableBy: 'developer',
  spec: z.object({
    workItemRef: workItemRef.describe('What it is about.'),
    agentSession: ref('AgentSession').describe('The conversation.'),
    dispatchRun: ref('AgentDispatchRun').optional().describe('The run the conversation belongs to.'),
    relation: z
      .enum(['active-agent-chat', 'past-agent-chat', 'reference'])
      .default('active-agent-chat')
      .describe('What the conversation is for the work item.'),
    linkSource,
  }),
  status: z.object({
    phase: z.enum(['Active', 'Ended', 'Broken']).optional().describe('`Broken`: one of the two is gone.'),
  }),
  conditions: { Ready: ['Linked', 'SessionEnded', 'WorkItemMissing', 'SessionMissing'] },
  immutable: ['spec.workItemRef', 'spec.agentSession'],
  selectableFields: ['spec.workItemRef.kind', 'spec.workItemRef.name', 'spec.agentSession'],
  columns: [
    { name: 'Work Item', path: 'spec.workItemRef.name' },
    { name: 'Session', path: 'spec.agentSession' },
    { name: 'Relation', path: 'spec.relation' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'WorkItemSessionLink',
      metadata: { name: 'web-2-fix-x7k2p-1', namespace: 'krate-org-acme' },
      spec: {
        workItemRef: { kind: 'Issue', name: 'web-2' },
        agentSession: 'fix-x7k2p-1',
        dispatchRun: 'fix-x7k2p',
      },
    },
  ],
});
export type WorkItemSessionLink = ResourceOf<typeof WorkItemSessionLink>;
