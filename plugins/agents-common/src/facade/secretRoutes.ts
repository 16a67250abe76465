import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';
import { AgentSecretGrant } from '../kinds';

const secretKey = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[-._A-Za-z0-9]+$/);
const permissions = z
  .array(z.enum(['read', 'write', 'admin']))
  .max(3)
  .default(['read'])
  .describe('A grant lets its subject use values, so only `read` can be given.');

/** What a grant may be made for; the kind's own words. */
const purpose = z
  .enum(AgentSecretGrant.spec.shape.purpose.options)
  .default('tool')
  .describe('What the value is used for.');
const grantedTo = z
  .union([
    rest.objectName,
    z.strictObject({
      kind: z.enum(AgentSecretGrant.spec.shape.subject.shape.kind.options),
      name: rest.objectName,
    }),
  ])
  .transform(subject =>
    typeof subject === 'string' ? { kind: 'agent-stack' as const, name: subject } : subject,
  )
  .describe('The AgentStack by name, or another subject with its kind.');

const secretItem = z
  .object({
    name: z.string(),
    type: z.string(),
    createdAt: z.string().nullable(),
    namespace: z.string(),
    keys: z.array(z.string()).describe('Names of the values; a value is never shown.'),
    grants: z.array(z.string()).describe('Who may use it.'),
  })
  .meta({ id: 'SecretItem' });

export const listSecrets = defineRoute({
  ...{ id: 'listSecrets', method: 'GET', path: '/api/orgs/{org}/secrets', tag: 'Secrets' },
  summary: 'Secrets, without their values',
  answers: { 200: { description: 'By name.', body: z.object({ secrets: z.array(secretItem) }) } },
});

export const createSecret = defineRoute({
  ...{ id: 'createSecret', method: 'POST', path: '/api/orgs/{org}/secrets', tag: 'Secrets' },
  summary: 'Keep values secret, and say who may use them',
  action: false,
  description:
    'The values go into a Secret, encrypted, and are never answered again. With `grantedTo` a grant is made as well, which holds names only.',
  body: z
    .strictObject({
      name: rest.objectName,
      data: z
        .record(secretKey, z.string().max(512 * 1024))
        .default({})
        .describe('Plain values by key.'),
      grantedTo: grantedTo.optional(),
      permissions,
      purpose,
    })
    .meta({ id: 'NewSecret' }),
  example: {
    name: 'model-key',
    data: { apiKey: 'replace-me' },
    grantedTo: 'fixer',
    purpose: 'model-provider-token',
  },
  answers: {
    201: {
      description: 'Kept.',
      body: z.object({ created: z.boolean(), name: z.string(), secret: secretItem }),
    },
  },
});

export const deleteSecret = defineRoute({
  ...{ id: 'deleteSecret', method: 'DELETE', path: '/api/orgs/{org}/secrets/{name}', tag: 'Secrets' },
  summary: 'Forget a secret',
  description: 'Its grants stay and say that it is missing.',
  params: z.object({ name: rest.objectName }),
  answers: { 200: { description: 'It is gone.', body: rest.deleted } },
});

export const listSecretGrants = defineRoute({
  ...{ id: 'listSecretGrants', method: 'GET', path: '/api/orgs/{org}/secret-grants', tag: 'SecretGrants' },
  summary: 'Who may use which secret for what',
  answers: {
    200: {
      description: 'By name.',
      body: rest.pageOf(rest.objectOf('AgentSecretGrant')).meta({ id: 'SecretGrantList' }),
    },
  },
});

export const createSecretGrant = defineRoute({
  ...{ id: 'createSecretGrant', method: 'POST', path: '/api/orgs/{org}/secret-grants', tag: 'SecretGrants' },
  summary: 'Let somebody use a secret',
  action: { name: 'create-secret', asksFirst: true },
  body: z
    .strictObject({
      name: rest.objectName.optional().describe('Default: made from the subject and the secret.'),
      secretName: rest.nameOrObject,
      grantedTo,
      keys: z
        .array(secretKey)
        .min(1)
        .max(50)
        .optional()
        .describe('Default: every key that the secret has now.'),
      permissions,
      purpose,
    })
    .meta({ id: 'NewSecretGrant' }),
  example: { secretName: 'model-key', grantedTo: 'fixer', purpose: 'model-provider-token' },
  answers: {
    201: {
      description: 'Granted.',
      body: z.object({
        created: z.boolean(),
        name: z.string(),
        resource: rest.objectOf('AgentSecretGrant'),
      }),
    },
  },
});
