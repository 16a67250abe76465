import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const attempt = z.object({
  at: z.string().describe('When it was sent.'),
  status: z.int().optional().describe('The HTTP status of the answer; absent when there was none.'),
  latencyMs: z.int().optional().describe('Milliseconds until the answer.'),
  error: z.string().optional().describe('Why there was no answer, or why it was no success.'),
});

export const WebhookDelivery = defineKind({
  kind: 'WebhookDelivery',
  plural: 'webhookdeliveries',
  area: 'forge',
  storage: 'record',
  summary: 'One message to a listener outside: what was sent, what it answered, how often it was tried.',
  writableBy: 'system',
  readableBy: 'maintainer',
  spec: z.object({
    subscription: ref('WebhookSubscription').describe('Who is told.'),
    eventType: z.string().min(1).max(100).describe('What happened, for example `pullrequest.merged`.'),
    eventId: z.string().max(253).optional().describe('The same for every listener and every replay.'),
    resourceRef: z
      .object({
        kind: z.string().max(63).describe('Its kind.'),
        name: z.string().max(253).describe('Its name.'),
      })
      .optional()
      .describe('The object it happened to.'),
    url: z.string().max(2000).optional().describe('Where it was addressed when it was made.'),
    payload: z
      .string()
      .max(1_000_000)
      .optional()
      .describe('The body, byte for byte as it is signed and sent.'),
    signature: z.string().max(200).describe('`sha256=<hex>`, or empty when the subscription signs nothing.'),
    replayOf: ref('WebhookDelivery').optional().describe('The delivery that this one repeats.'),
    replay: z
      .object({
        reason: z.string().max(500).optional().describe('Why it is sent again.'),
        requestedBy: z.string().optional().describe('Set by the server.'),
        requestedAt: z.string().optional().describe('Set by the server.'),
      })
      .optional()
      .describe('Asks for a new delivery of the same message, signed with the present secret.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Delivering', 'Retrying', 'Delivered', 'Failed'])
      .optional()
      .describe('`Delivered` and `Failed` are final.'),
    attempts: z.array(attempt).optional().describe('Each attempt, the oldest first.'),
    nextAttemptAt: z.string().optional().describe('When it is tried again.'),
    response: z
      .object({
        status: z.int().describe('The HTTP status.'),
        body: z.string().optional().describe('The beginning of what it said.'),
      })
      .optional()
      .describe('The last answer.'),
    deliveredAt: z.string().optional().describe('When it was accepted.'),
    replayedAs: z.string().optional().describe('The delivery that repeats this one.'),
  }),
  conditions: {
    Delivered: [
      'Delivered',
      'Pending',
      'Retrying',
      'Rejected',
      'Unreachable',
      'TimedOut',
      'SubscriptionMissing',
      'AddressRefused',
    ],
  },
  immutable: ['spec.subscription', 'spec.eventType', 'spec.eventId', 'spec.payload', 'spec.replayOf'],
  selectableFields: ['spec.subscription', 'spec.eventType', 'status.phase'],
  actions: {
    replay: {
      field: 'spec.replay',
      by: 'spec.replay.requestedBy',
      at: 'spec.replay.requestedAt',
      role: 'maintainer',
    },
  },
  columns: [
    { name: 'Subscription', path: 'spec.subscription' },
    { name: 'Event', path: 'spec.eventType' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Status', path: 'status.response.status', type: 'integer' },
    { name: 'Replay Of', path: 'spec.replayOf', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'WebhookDelivery',
      metadata: { name: 'chat-7f3k2', namespace: 'krate-org-acme' },
      spec: {
        subscription: 'chat',
        eventType: 'pullrequest.merged',
        eventId: '01hx7f3k2',
        resourceRef: { kind: 'PullRequest', name: 'web-1' },
        payload: '{"event":"pullrequest.merged"}',
        signature: 'sha256=6f1ed002ab5595859014ebf0951522d9f1e2b2a3c4d5e6f708192a3b4c5d6e7f',
      },
    },
  ],
});
export type WebhookDelivery = ResourceOf<typeof WebhookDelivery>;
