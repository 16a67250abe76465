import { anyObject, defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { interfaceName, lastError, localRef, nativeObject } from '../fields';

export const ExternalSyncEvent = defineKind({
  kind: 'ExternalSyncEvent',
  plural: 'externalsyncevents',
  area: 'external-backends',
  storage: 'record',
  summary: 'One change at a provider, in Krate’s words: told by a webhook or found by a backfill.',
  writableBy: 'system',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('Where it happened.'),
    bindingRef: ref('ExternalBackendBinding').optional().describe('The binding it concerns.'),
    eventKind: z
      .enum([
        'created',
        'updated',
        'deleted',
        'closed',
        'reopened',
        'merged',
        'commented',
        'labeled',
        'transitioned',
        'started',
        'completed',
        'unknown',
      ])
      .describe('What happened.'),
    action: z.string().max(120).default('unknown').describe('What happened, in the provider’s word.'),
    interface: interfaceName('Which interface it belongs to.').optional(),
    resourceRef: localRef('The object here that stands for what changed; need not exist yet.'),
    external: nativeObject('What changed there.').optional(),
    sourceDelivery: ref('ExternalWebhookDelivery')
      .optional()
      .describe('The webhook that told of it. Absent: a backfill found it.'),
    eventTime: moment()
      .optional()
      .describe('When it happened, by the provider’s clock. Events are applied in this order.'),
    receivedAt: moment().optional().describe('When Krate learned of it.'),
    dedupeKey: digest()
      .optional()
      .describe('Equal for the same change told twice: provider, delivery, action and object.'),
    normalized: anyObject()
      .optional()
      .describe('The fields that the change brought, as the kind of `resourceRef` has them.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Applied', 'Skipped', 'Conflict', 'Failed'])
      .optional()
      .describe('What became of it. `Skipped`: told before, or older than what is known.'),
    appliedAt: moment().optional().describe('When it was applied.'),
    conflict: ref('ExternalSyncConflict').optional().describe('The conflict that it made.'),
    lastError: lastError(),
  }),
  conditions: {
    Applied: ['Applied', 'Pending', 'Duplicate', 'OutOfOrder', 'OutOfScope', 'Conflict', 'Failed', 'Paused'],
  },
  immutable: ['spec'],
  selectableFields: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.resourceRef.kind',
    'spec.resourceRef.name',
    'spec.eventKind',
    'status.phase',
  ],
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Event', path: 'spec.eventKind' },
    { name: 'Kind', path: 'spec.resourceRef.kind' },
    { name: 'Object', path: 'spec.resourceRef.name' },
    { name: 'At', path: 'spec.eventTime', type: 'date' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalSyncEvent',
      metadata: { name: 'github-acme-72d3162e-0', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        bindingRef: 'github-acme-web',
        eventKind: 'created',
        action: 'opened',
        interface: 'gitForge',
        resourceRef: { kind: 'PullRequest', name: 'web-42' },
        external: {
          nativeKind: 'pull_request',
          nativeId: '1785903414',
          nativeNumber: 42,
          nodeId: 'PR_kwDOBfQ2Yc5qcpo2',
          url: 'https://github.com/acme/web/pull/42',
        },
        sourceDelivery: 'github-acme-72d3162e',
        eventTime: '2026-11-20T09:29:58Z',
        receivedAt: '2026-11-20T09:30:00Z',
        normalized: { title: 'Fix the rounding of prices', sourceRef: 'refs/heads/fix-rounding' },
      },
    },
  ],
});
export type ExternalSyncEvent = ResourceOf<typeof ExternalSyncEvent>;
