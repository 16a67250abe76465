import { defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { interfaceName, lastError, localRef } from '../fields';

export const ExternalSyncState = defineKind({
  kind: 'ExternalSyncState',
  plural: 'externalsyncstates',
  area: 'external-backends',
  storage: 'record',
  summary: 'How far the mirror of one object, or of one kind of objects, has come.',
  writableBy: 'system',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('Where it is mirrored from.'),
    bindingRef: ref('ExternalBackendBinding').optional().describe('The binding that asked for it.'),
    interface: interfaceName('Which interface it belongs to.').optional(),
    resourceRef: localRef('The object here; for a whole kind of objects, the bound repository or project.'),
    resourceKind: z
      .string()
      .max(63)
      .optional()
      .describe('The kind that is mirrored, where it is all objects of one: `Issue`.'),
    phase: z
      .enum([
        'Scheduled',
        'Listing',
        'Hydrating',
        'Applying',
        'Checkpointing',
        'Succeeded',
        'RateLimited',
        'Failed',
      ])
      .default('Scheduled')
      .describe('Where to begin; where it is now stands in the status.'),
  }),
  status: z.object({
    phase: z
      .enum([
        'Scheduled',
        'Listing',
        'Hydrating',
        'Applying',
        'Checkpointing',
        'Succeeded',
        'RateLimited',
        'Failed',
      ])
      .optional()
      .describe('Where it is. `RateLimited` goes on by itself.'),
    freshness: z
      .enum(['current', 'stale', 'paused', 'conflict', 'degraded', 'write-pending'])
      .optional()
      .describe('How far what is shown here can be trusted, for the badge.'),
    highWatermark: z.string().optional().describe('The newest change that was applied; only moves forward.'),
    cursor: z.string().optional().describe('Where the next page begins; the provider’s, opaque.'),
    lastWebhookDelivery: ref('ExternalWebhookDelivery')
      .optional()
      .describe('The last webhook that was applied.'),
    lastFullBackfillAt: moment().optional().describe('When everything was last compared.'),
    lastSuccessfulSyncAt: moment().optional().describe('When both sides last agreed.'),
    resumeAt: moment().optional().describe('When it goes on, if it waits.'),
    processed: z.int().min(0).optional().describe('Objects read in this round.'),
    lastError: lastError(),
  }),
  conditions: { Synced: ['Current', 'InProgress', 'Stale', 'RateLimited', 'Paused', 'Conflict', 'Failed'] },
  immutable: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.interface',
    'spec.resourceRef',
    'spec.resourceKind',
  ],
  selectableFields: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.resourceRef.kind',
    'spec.resourceRef.name',
    'status.phase',
  ],
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Kind', path: 'spec.resourceRef.kind' },
    { name: 'Object', path: 'spec.resourceRef.name' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Freshness', path: 'status.freshness' },
    { name: 'Last Synced', path: 'status.lastSuccessfulSyncAt', type: 'date' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalSyncState',
      metadata: { name: 'github-acme-web-issues', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        bindingRef: 'github-acme-web',
        interface: 'issueTracking',
        resourceRef: { kind: 'Repository', name: 'web' },
        resourceKind: 'Issue',
        phase: 'Scheduled',
      },
    },
  ],
});
export type ExternalSyncState = ResourceOf<typeof ExternalSyncState>;
