import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const headers = z.record(z.string(), z.string());

const attempt = z.object({
  at: z.string().describe('When it was sent; the signature is of this moment.'),
  status: z.int().optional().describe('The HTTP status of the answer; absent when there was none.'),
  latencyMs: z.int().optional().describe('Milliseconds until the answer.'),
  code: z
    .enum([
      'Rejected',
      'Redirected',
      'Gone',
      'Throttled',
      'TimedOut',
      'Unreachable',
      'AddressRefused',
      'SubscriptionMissing',
      'SecretMissing',
    ])
    .optional()
    .describe('Why it was no success, for programs; absent when it was one.'),
  error: z.string().optional().describe('Why it was no success, for people.'),
  address: z.string().optional().describe('The network address it was sent to.'),
  requestHeaders: headers.optional().describe('The headers it was sent with.'),
  responseHeaders: headers.optional().describe('The headers of the answer; cookies are left out.'),
  responseBody: z.string().optional().describe('The beginning of what was answered.'),
  retryAfterSeconds: z.int().optional().describe('How long the listener asked to be left alone.'),
});

export const WebhookDelivery = defineKind({
  kind: 'WebhookDelivery',
  plural: 'webhookdeliveries',
  area: 'forge',
  storage: 'record',
  retention: { since: 'status.finishedAt', days: 30 },
  summary: 'One message to a listener outside: what was sent, what it answered, how often it was tried.',
  writableBy: 'system',
  readableBy: 'maintainer',
  spec: z.object({
    subscription: ref('WebhookSubscription').describe('Who is told.'),
    eventType: z.string().min(1).max(100).describe('What happened, for example `pullrequest.merged`.'),
    eventId: z
      .string()
      .max(253)
      .optional()
      .describe('Sent as `webhook-id`: the same for every listener, every attempt and every replay.'),
    resourceRef: z
      .object({
        kind: z.string().max(63).describe('Its kind.'),
        name: z.string().max(253).describe('Its name.'),
      })
      .optional()
      .describe('The object it happened to.'),
    repository: z.string().max(253).optional().describe('The repository it happened in.'),
    url: z.string().max(2000).optional().describe('Where it was addressed when it was made.'),
    payload: z
      .string()
      .max(1_000_000)
      .optional()
      .describe('The body, byte for byte as it is signed and sent.'),
    signature: z
      .string()
      .max(200)
      .describe('How its attempts are signed: `v1` (HMAC-SHA256 by Standard Webhooks) or `none`.'),
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
    attemptCount: z.int().optional().describe('How many attempts there were.'),
    nextAttemptAt: z.string().optional().describe('When it is tried again.'),
    response: z
      .object({
        status: z.int().describe('The HTTP status.'),
        body: z.string().optional().describe('The beginning of what it said.'),
      })
      .optional()
      .describe('The last answer.'),
    latencyMs: z.int().optional().describe('Milliseconds that the last answer took.'),
    deliveredAt: z.string().optional().describe('When it was accepted.'),
    finishedAt: z.string().optional().describe('When it was accepted or given up.'),
    replayedAs: z.string().optional().describe('The delivery that repeats this one.'),
  }),
  conditions: {
    Delivered: [
      'Delivered',
      'Pending',
      'Retrying',
      'Rejected',
      'Redirected',
      'Gone',
      'Throttled',
      'Unreachable',
      'TimedOut',
      'SubscriptionMissing',
      'SubscriptionPaused',
      'SubscriptionDisabled',
      'SecretMissing',
      'AddressRefused',
    ],
  },
  immutable: [
    'spec.subscription',
    'spec.eventType',
    'spec.eventId',
    'spec.repository',
    'spec.payload',
    'spec.replayOf',
  ],
  selectableFields: ['spec.subscription', 'spec.eventType', 'spec.repository', 'status.phase'],
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
    { name: 'Attempts', path: 'status.attemptCount', type: 'integer' },
    { name: 'Latency ms', path: 'status.latencyMs', type: 'integer', priority: 1 },
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
        eventId: 'msg_7f3k2',
        resourceRef: { kind: 'PullRequest', name: 'web-1' },
        repository: 'web',
        payload: '{"type":"pullrequest.merged"}',
        signature: 'v1',
      },
    },
  ],
  docs: `To send one again, set \`spec.replay\`: \`kubectl patch webhookdelivery chat-7f3k2 --type merge -p '{"spec":{"replay":{"reason":"the
listener was down"}}}'\`. The message keeps its \`webhook-id\`, so that a listener which knows it already can tell.`,
});
export type WebhookDelivery = ResourceOf<typeof WebhookDelivery>;
