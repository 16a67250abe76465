import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const WebhookSubscription = defineKind({
  kind: 'WebhookSubscription',
  plural: 'webhooksubscriptions',
  shortNames: ['webhook', 'webhooks'],
  area: 'forge',
  storage: 'config',
  summary: 'An address outside that is told about events, each message signed.',
  writableBy: 'admin',
  spec: z.object({
    url: z
      .string()
      .max(2000)
      .regex(/^https?:\/\/[^\s/@]+(\/[^\s]*)?$/)
      .describe('Where messages are posted. Without a user name or password in it.'),
    description: z.string().max(1000).optional().describe('Who listens there, and why.'),
    events: z
      .array(
        z
          .string()
          .max(100)
          .regex(/^(\*|[a-z][a-z0-9-]*(\.([a-z][a-z0-9-]*|\*))*)$/),
      )
      .min(1)
      .max(100)
      .describe('`pullrequest.merged`, `run.*`, or `*` for everything.'),
    repositories: z
      .array(ref('Repository'))
      .max(200)
      .default([])
      .describe('Only events of these. Empty: every repository, and events of none.'),
    active: z
      .boolean()
      .default(true)
      .describe('False pauses it: nothing is sent, nothing is kept to send later.'),
    contentType: z
      .enum(['json', 'form'])
      .default('json')
      .describe('`form`: the JSON is the value of the field `payload`.'),
    signing: z
      .object({
        algorithm: z.enum(['hmac-sha256']).default('hmac-sha256').describe('How messages are signed.'),
        secretRef: z
          .object({
            name: ref('Secret').describe('The secret.'),
            key: z.string().min(1).max(253).describe('The key in it.'),
          })
          .describe('What they are signed with. Never the value itself.'),
      })
      .optional()
      .describe('Absent: messages are not signed, and the listener cannot know who sent them.'),
    retryPolicy: z
      .object({
        maxRetries: z.int().min(0).max(20).default(3).describe('Further attempts after the first.'),
        backoffMs: z
          .int()
          .min(100)
          .max(3_600_000)
          .default(1000)
          .describe('Milliseconds before the first of them; doubles each time, up to 30 seconds.'),
      })
      .default({ maxRetries: 3, backoffMs: 1000 })
      .describe('What happens when the listener does not answer with success.'),
    timeoutSeconds: z.int().min(1).max(60).default(10).describe('How long an answer may take.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('The listener is on this machine or in a private network.'),
  }),
  status: z.object({
    phase: z.enum(['Active', 'Paused', 'Failing']).optional().describe('How the listener is doing.'),
    lastDeliveryAt: z.string().optional().describe('When a message was last sent.'),
    lastSuccessAt: z.string().optional().describe('When one was last accepted.'),
    consecutiveFailures: z.int().optional().describe('Messages given up since the last success.'),
  }),
  conditions: {
    SecretExists: ['Found', 'NoneRequired', 'SecretMissing', 'KeyMissing'],
    Ready: ['Delivering', 'Paused', 'Failing', 'SecretMissing', 'KeyMissing', 'AddressRefused'],
  },
  columns: [
    { name: 'URL', path: 'spec.url' },
    { name: 'Events', path: 'spec.events' },
    { name: 'Active', path: 'spec.active', type: 'boolean' },
    { name: 'Ready', condition: 'Ready' },
    { name: 'Last Delivery', path: 'status.lastDeliveryAt', type: 'date' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'WebhookSubscription',
      metadata: { name: 'chat', namespace: 'krate-org-acme' },
      spec: {
        url: 'https://chat.acme.example/hooks/krate',
        events: ['pullrequest.merged', 'run.*'],
        signing: { secretRef: { name: 'chat-hook', key: 'signingKey' } },
      },
    },
  ],
  docs: `Each message becomes a WebhookDelivery. A signature is the HMAC-SHA256, in hex, of the body as it was sent.`,
});
export type WebhookSubscription = ResourceOf<typeof WebhookSubscription>;
