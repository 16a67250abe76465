import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const secretKey = z.object({
  name: ref('Secret').describe('The secret.'),
  key: z.string().min(1).max(253).describe('The key in it.'),
});

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
        secretRef: secretKey.describe(
          'What they are signed with, never the value itself. A value `whsec_<base64>` is decoded, any other is taken as it is.',
        ),
        previous: z
          .object({
            secretRef: secretKey.describe('The secret that was used before.'),
            until: z.iso
              .datetime({ offset: true })
              .optional()
              .describe('When it is used no more. Absent: until it is taken out here.'),
          })
          .optional()
          .describe('While a secret is being replaced, messages carry a signature of each.'),
      })
      .optional()
      .describe('Absent: messages are not signed, and the listener cannot know who sent them.'),
    retryPolicy: z
      .object({
        maxRetries: z.int().min(0).max(20).default(7).describe('Further attempts after the first.'),
        backoffMs: z
          .int()
          .min(100)
          .max(3_600_000)
          .optional()
          .describe(
            'Milliseconds before the first of them, doubling each time up to 10 hours. Absent: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h.',
          ),
      })
      .default({ maxRetries: 7 })
      .describe('What happens when the listener does not answer with success.'),
    timeoutSeconds: z.int().min(1).max(30).default(15).describe('How long an answer may take.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe(
        'The listener is on this machine or in a private network; only an administrator of the platform may say so.',
      ),
    test: z
      .object({
        id: z.string().min(1).max(63).describe('Any text; another one asks for another message.'),
        requestedBy: z.string().optional().describe('Set by the server.'),
        requestedAt: z.string().optional().describe('Set by the server.'),
      })
      .optional()
      .describe('Asks for a message of the type `ping`.'),
  }),
  status: z.object({
    phase: z
      .enum(['Active', 'Paused', 'Failing', 'Disabled'])
      .optional()
      .describe('How the listener is doing. `Disabled`: it failed for days, or said that it is gone.'),
    lastDeliveryAt: z.string().optional().describe('When a message was last sent.'),
    lastSuccessAt: z.string().optional().describe('When one was last accepted.'),
    consecutiveFailures: z.int().optional().describe('Attempts that failed since the last success.'),
    failingSince: z.string().optional().describe('When the first of these was.'),
    disabled: z
      .object({
        at: z.string().describe('Since when.'),
        generation: z
          .int()
          .describe('The generation that is disabled; any change of the spec enables it again.'),
        message: z.string().describe('Why.'),
      })
      .optional()
      .describe('Nothing is sent any more, until the spec is changed.'),
    enabledAt: z
      .string()
      .optional()
      .describe('When it was last enabled again; earlier failures count no more.'),
    testedId: z.string().optional().describe('The `spec.test.id` that was answered last.'),
    eventsMissedAt: z
      .string()
      .optional()
      .describe('When events could not be told any more, because the server had forgotten them.'),
  }),
  conditions: {
    SecretExists: ['Found', 'NoneRequired', 'SecretMissing', 'KeyMissing'],
    Ready: ['Delivering', 'Paused', 'Failing', 'Disabled', 'SecretMissing', 'KeyMissing'],
  },
  actions: {
    test: {
      field: 'spec.test',
      by: 'spec.test.requestedBy',
      at: 'spec.test.requestedAt',
      role: 'admin',
      repeatable: true,
    },
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
  docs: `Each message becomes a WebhookDelivery and is sent by the [Standard Webhooks](https://www.standardwebhooks.com) convention: the headers
\`webhook-id\` (the same for every attempt), \`webhook-timestamp\` and \`webhook-signature\`. It is sent at least once; a listener that must not
act twice remembers the id. Redirects are failures. An answer 410 disables the listener, as does failing for five days.

Events are \`<object>.<what>\`: \`pullrequest.created\`, \`.merged\`, \`.closed\`, \`.synchronized\`; \`issue.created\`, \`.closed\`,
\`.commented\`; \`review.created\`; \`repository.pushed\`; \`pipeline.succeeded\`, \`job.failed\`, \`run.succeeded\` and so on by phase.`,
});
export type WebhookSubscription = ResourceOf<typeof WebhookSubscription>;
