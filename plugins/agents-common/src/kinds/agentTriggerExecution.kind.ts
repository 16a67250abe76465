import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentTriggerExecution = defineKind({
  kind: 'AgentTriggerExecution',
  plural: 'agenttriggerexecutions',
  area: 'agents',
  storage: 'record',
  summary: 'What a rule made of one event, and why.',
  writableBy: 'system',
  spec: z.object({
    triggerRule: ref('AgentTriggerRule').describe('The rule that looked at it.'),
    ruleGeneration: z.int().min(1).optional().describe('The rule as it was then.'),
    sourceEvent: z
      .object({
        type: z.string().max(100).describe('What happened, for example `check_run.completed`.'),
        kind: z.string().max(63).optional().describe('Kind of the object it happened to.'),
        name: z.string().max(253).optional().describe('Name of that object.'),
        deliveryId: z.string().max(253).optional().describe('The sender’s own id of the event.'),
        occurredAt: z.iso.datetime({ offset: true }).optional().describe('When it happened.'),
      })
      .describe('The event.'),
    decision: z
      .enum(['created', 'coalesced', 'queued', 'deduplicated', 'skipped', 'rejected', 'waiting-for-approval'])
      .describe('What the rule decided.'),
    repository: ref('Repository').optional().describe('Where it happened.'),
    ref: z.string().max(250).optional().describe('The branch it happened on.'),
    sha: z.string().max(64).optional().describe('The commit it happened on.'),
    actor: z.string().max(253).optional().describe('Who caused it.'),
    dedupeKey: z.string().max(1000).optional().describe('What the rule’s key came to.'),
    checks: z
      .array(
        z.object({
          rule: z.string().max(100).describe('What was compared.'),
          met: z.boolean().describe('Whether it held.'),
          message: z.string().max(1000).describe('With what.'),
        }),
      )
      .max(50)
      .default([])
      .describe('Every comparison, in order.'),
  }),
  status: z.object({
    phase: z
      .enum([
        'Dispatching',
        'Dispatched',
        'Skipped',
        'Deduplicated',
        'Coalesced',
        'Rejected',
        'AwaitingApproval',
        'Failed',
      ])
      .optional()
      .describe('How it went on.'),
    reason: z.string().optional().describe('Why, in one word.'),
    evaluatedAt: z.string().optional().describe('When the rule looked.'),
    dispatchRunRef: z.string().optional().describe('The run it started or joined.'),
  }),
  conditions: { Dispatched: ['RunCreated', 'RunJoined', 'NothingToDo', 'Waiting', 'DispatchFailed'] },
  immutable: ['spec.triggerRule', 'spec.sourceEvent', 'spec.decision', 'spec.dedupeKey'],
  selectableFields: ['spec.triggerRule', 'spec.decision', 'status.phase'],
  columns: [
    { name: 'Rule', path: 'spec.triggerRule' },
    { name: 'Event', path: 'spec.sourceEvent.type' },
    { name: 'Decision', path: 'spec.decision' },
    { name: 'Run', path: 'status.dispatchRunRef' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentTriggerExecution',
      metadata: { name: 'failed-pr-check-repair-9k2m4', namespace: 'krate-org-acme' },
      spec: {
        triggerRule: 'failed-pr-check-repair',
        sourceEvent: { type: 'check_run.completed', kind: 'Job', name: 'web-test-0a1b2c3-test' },
        decision: 'created',
        repository: 'web',
        checks: [{ rule: 'conclusion', met: true, message: 'failure is one of failure, timed_out' }],
      },
    },
  ],
});
export type AgentTriggerExecution = ResourceOf<typeof AgentTriggerExecution>;
