import {
  anyObject,
  decisionFields,
  defineKind,
  digest,
  moment,
  ref,
  ResourceOf,
} from '@krate/resource-model';
import { z } from 'zod';
import { interfaceName, lastError, localRef, nativeObject } from '../fields';

export const ExternalWriteIntent = defineKind({
  kind: 'ExternalWriteIntent',
  plural: 'externalwriteintents',
  shortNames: ['writeintent', 'writeintents'],
  area: 'external-backends',
  storage: 'record',
  summary: 'One change that should be made at a provider: proposed, approved, sent once, confirmed.',
  writableBy: 'developer',
  author: 'spec.source.actor',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('Where it should be made.'),
    bindingRef: ref('ExternalBackendBinding')
      .optional()
      .describe('The binding that allows it. Absent: the one of `resourceRef`.'),
    interface: interfaceName('Which interface it belongs to.').optional(),
    resourceRef: localRef('The object here whose counterpart is to change.'),
    operation: z
      .string()
      .max(120)
      .regex(/^[a-z][A-Za-z0-9]*$/)
      .describe(
        'What to do, as the interface calls it: `createComment`, `updateIssue`, `mergePullRequest`, `rerunPipeline`.',
      ),
    target: nativeObject(
      'What is to change there. Absent: the linked counterpart of `resourceRef`.',
    ).optional(),
    payload: anyObject()
      .optional()
      .describe('The fields to write, as the operation takes them. Never anything secret.'),
    payloadRef: z
      .object({
        digest: digest().describe('Digest of it.'),
        artifact: ref('KrateArtifact').optional().describe('The output of a run that holds it.'),
      })
      .optional()
      .describe('Where a payload stands that is too big for here.'),
    requestDigest: digest()
      .optional()
      .describe('Digest of operation, target and payload. What was approved is what is sent.'),
    idempotencyKey: z
      .string()
      .min(1)
      .max(253)
      .optional()
      .describe('Equal for the same change asked for twice; computed by the server where it is absent.'),
    expectedProviderVersion: z
      .string()
      .max(253)
      .optional()
      .describe('Refuse the write if the object there has another version.'),
    source: z
      .object({
        kind: z
          .enum(['UserAction', 'AgentAction', 'Controller'])
          .default('UserAction')
          .describe('What brought it about.'),
        actor: z.string().max(253).optional().describe('Who wants it; set by the server from the caller.'),
        dispatchRun: ref('AgentDispatchRun').optional().describe('The agent run that wants it.'),
        approvalRef: ref('AgentApproval').optional().describe('The approval inside Krate that led to it.'),
      })
      .default({ kind: 'UserAction' })
      .describe('Who wants it, and why.'),
    approvalPolicy: z
      .object({
        required: z
          .boolean()
          .default(true)
          .describe('Whether a person has to agree first. The binding’s mode may demand it regardless.'),
        reasons: z.array(z.string().max(1000)).max(20).default([]).describe('Why somebody is asked.'),
      })
      .default({ required: true, reasons: [] })
      .describe('Whether somebody has to agree first.'),
    maxRetries: z.int().min(0).max(20).default(3).describe('How often a failed attempt is repeated.'),
    ...decisionFields(['approve', 'reject']),
    cancel: z.boolean().optional().describe('Set to withdraw it; what is sent already cannot be withdrawn.'),
    cancelledBy: z.string().max(253).optional().describe('Who withdrew it; set by the server.'),
    cancelledAt: moment().optional().describe('When; set by the server.'),
  }),
  status: z.object({
    phase: z
      .enum([
        'PendingApproval',
        'ReadyToSend',
        'Sending',
        'AwaitingConfirmation',
        'Succeeded',
        'Conflict',
        'Retrying',
        'Rejected',
        'Failed',
      ])
      .optional()
      .describe(
        'Where it is. Nothing is sent before the approval; `Succeeded` means that the provider confirmed it.',
      ),
    retryCount: z.int().min(0).optional().describe('How often it was repeated.'),
    nextAttemptAt: moment().optional().describe('When it is tried again.'),
    sendingAt: moment().optional().describe('When it was last sent.'),
    awaitingSince: moment().optional().describe('Since when a confirmation is awaited.'),
    succeededAt: moment().optional().describe('When it was confirmed.'),
    failedAt: moment().optional().describe('When it was given up.'),
    rejectionReason: z
      .string()
      .optional()
      .describe('Why it is not done: the comment of whoever rejected it, or a rule.'),
    externalResult: nativeObject('What the provider made of it.').optional(),
    confirmation: z
      .object({
        source: z
          .enum(['response', 'webhook', 'read'])
          .describe('How it was confirmed: by the answer, by a webhook, or by reading it again.'),
        digest: digest().describe('Digest of what confirmed it.'),
      })
      .optional()
      .describe('What confirmed it.'),
    conflictRef: ref('ExternalSyncConflict').optional().describe('The conflict that holds it up.'),
    lastError: lastError(),
  }),
  conditions: {
    Approved: ['Approved', 'NotRequired', 'Waiting', 'Rejected', 'Cancelled', 'DigestChanged'],
    Sent: ['Sent', 'NotApproved', 'Retrying', 'Paused', 'RateLimited', 'Refused'],
    Confirmed: ['Confirmed', 'Awaiting', 'TimedOut', 'Conflict', 'Failed'],
  },
  immutable: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.interface',
    'spec.resourceRef',
    'spec.operation',
    'spec.target',
    'spec.payload',
    'spec.payloadRef',
    'spec.idempotencyKey',
    'spec.expectedProviderVersion',
    'spec.source',
    'spec.approvalPolicy',
  ],
  selectableFields: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.resourceRef.name',
    'spec.operation',
    'spec.source.dispatchRun',
    'status.phase',
  ],
  actions: {
    approve: {
      field: 'spec.decision',
      by: 'spec.decidedBy',
      at: 'spec.decidedAt',
      with: ['spec.comment'],
      role: 'maintainer',
    },
    cancel: { field: 'spec.cancel', by: 'spec.cancelledBy', at: 'spec.cancelledAt', role: 'developer' },
  },
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Operation', path: 'spec.operation' },
    { name: 'Object', path: 'spec.resourceRef.name' },
    { name: 'Actor', path: 'spec.source.actor' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Decided By', path: 'spec.decidedBy', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalWriteIntent',
      metadata: { name: 'web-42-comment-5f21c9', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        bindingRef: 'github-acme-web',
        interface: 'gitForge',
        resourceRef: { kind: 'PullRequest', name: 'web-42' },
        operation: 'createComment',
        payload: { body: 'The rounding is fixed in 1f3870b; the tests of `prices` pass.' },
        approvalPolicy: { required: true, reasons: ['The binding is in the mode reviewed-write.'] },
      },
    },
  ],
  docs: `Answer by setting \`spec.decision\`, with an optional \`spec.comment\`; withdraw by setting \`spec.cancel\`. The server looks for the
effect of an intent at the provider before it sends it again, so that a crash leads to no second comment.`,
});
export type ExternalWriteIntent = ResourceOf<typeof ExternalWriteIntent>;
