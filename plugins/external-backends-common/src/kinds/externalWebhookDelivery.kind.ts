import { anyObject, defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { interfaceName, lastError } from '../fields';

export const ExternalWebhookDelivery = defineKind({
  kind: 'ExternalWebhookDelivery',
  plural: 'externalwebhookdeliveries',
  area: 'external-backends',
  storage: 'record',
  summary: 'One webhook that a provider sent: whether its signature held, and what became of it.',
  writableBy: 'system',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('Who sent it.'),
    bindingRef: ref('ExternalBackendBinding')
      .optional()
      .describe('The binding it concerns, as soon as that is known.'),
    deliveryId: z
      .string()
      .min(1)
      .max(253)
      .optional()
      .describe('The provider’s id of the delivery; the same one is taken in once.'),
    eventType: z.string().min(1).max(120).describe('What happened, in the provider’s word: `pull_request`.'),
    action: z.string().min(1).max(120).optional().describe('What exactly: `opened`, `synchronize`.'),
    interfaceHints: z
      .array(interfaceName('One of them.'))
      .max(4)
      .default([])
      .describe('The interfaces it may concern.'),
    payload: anyObject().describe('What it says, shortened and without anything secret; shown to people.'),
    payloadRef: z
      .object({
        digest: digest().describe('Digest of the body as it came.'),
        size: z.int().min(0).describe('Bytes of it.'),
        stream: z
          .string()
          .max(253)
          .optional()
          .describe('The stream of this object that holds it. Absent: it was not kept.'),
      })
      .optional()
      .describe('The whole body, as it came.'),
    signature: z
      .object({
        algorithm: z
          .enum(['hmac-sha256', 'hmac-sha1', 'token', 'basic', 'none'])
          .describe('How it was signed.'),
        verified: z
          .boolean()
          .describe('Whether the signature held. Where it did not, nothing else was read.'),
        reason: z.string().max(253).optional().describe('Why it did not: `missing`, `mismatch`, `expired`.'),
      })
      .optional()
      .describe('How it was signed, and whether that held.'),
    source: z
      .object({
        owner: z.string().max(200).optional().describe('Account or group it is about.'),
        repository: z.string().max(200).optional().describe('Repository it is about.'),
        ipAddress: z.string().max(45).optional().describe('Where it came from.'),
      })
      .optional()
      .describe('What it is about, and where it came from.'),
    receivedAt: moment().optional().describe('When it came in.'),
    replayOf: ref('ExternalWebhookDelivery').optional().describe('The delivery that this one repeats.'),
    recovery: z
      .enum(['replay', 'skip'])
      .optional()
      .describe(
        'What to do with a dead letter. `replay`: work on it again, as a new delivery. `skip`: let it be.',
      ),
    recoveredBy: z.string().max(253).optional().describe('Who said so; set by the server.'),
    recoveredAt: moment().optional().describe('When; set by the server.'),
  }),
  status: z.object({
    phase: z
      .enum([
        'Received',
        'SignatureRejected',
        'Queued',
        'Normalizing',
        'Processing',
        'Succeeded',
        'Retrying',
        'DeadLettered',
      ])
      .optional()
      .describe(
        'What became of it. `SignatureRejected` is final. `DeadLettered` waits for a person: see `spec.recovery`.',
      ),
    attempts: z.int().min(0).optional().describe('How often it was worked on.'),
    nextAttemptAt: moment().optional().describe('When it is worked on again.'),
    responseCode: z.int().min(100).max(599).optional().describe('What the provider was answered.'),
    events: z.array(ref('ExternalSyncEvent')).optional().describe('The events that it was found to contain.'),
    replayedBy: ref('ExternalWebhookDelivery').optional().describe('The delivery that repeated it.'),
    lastError: lastError(),
  }),
  conditions: {
    SignatureVerified: ['Verified', 'Mismatch', 'Missing', 'SecretMissing', 'AllowListed'],
    Processed: [
      'Succeeded',
      'Queued',
      'Processing',
      'Retrying',
      'DeadLettered',
      'Duplicate',
      'Ignored',
      'Skipped',
      'Paused',
    ],
  },
  immutable: [
    'spec.providerRef',
    'spec.deliveryId',
    'spec.eventType',
    'spec.payload',
    'spec.payloadRef',
    'spec.signature',
    'spec.receivedAt',
    'spec.replayOf',
  ],
  selectableFields: [
    'spec.providerRef',
    'spec.bindingRef',
    'spec.deliveryId',
    'spec.eventType',
    'status.phase',
  ],
  actions: {
    recover: { field: 'spec.recovery', by: 'spec.recoveredBy', at: 'spec.recoveredAt', role: 'maintainer' },
  },
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Event', path: 'spec.eventType' },
    { name: 'Action', path: 'spec.action' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Attempts', path: 'status.attempts', type: 'integer' },
    { name: 'Delivery', path: 'spec.deliveryId', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalWebhookDelivery',
      metadata: { name: 'github-acme-72d3162e', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        bindingRef: 'github-acme-web',
        deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        eventType: 'pull_request',
        action: 'opened',
        interfaceHints: ['gitForge'],
        payload: { number: 42, title: 'Fix the rounding of prices', sender: 'ada' },
        payloadRef: {
          digest: 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
          size: 23_117,
          stream: 'body',
        },
        signature: { algorithm: 'hmac-sha256', verified: true },
        source: { owner: 'acme', repository: 'web' },
        receivedAt: '2026-11-20T09:30:00Z',
      },
    },
  ],
  docs: `The provider is answered as soon as the delivery is stored. To settle a dead letter set \`spec.recovery\`; a replay makes a new
delivery that names this one, and is checked with the secret of now.`,
});
export type ExternalWebhookDelivery = ResourceOf<typeof ExternalWebhookDelivery>;
