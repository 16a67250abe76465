import { defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { INTERFACES, PROVIDER_TYPES } from '../fields';

const names = (what: string) => z.array(z.string().min(1).max(120)).max(200).default([]).describe(what);

const operation = z.object({
  operation: z
    .string()
    .min(1)
    .max(120)
    .describe('Its name in the interface: `createIssue`, `rerunPipeline`.'),
  supported: z.boolean().default(true).describe('Whether it can be done.'),
  write: z.boolean().default(false).describe('Whether it changes something there.'),
  requires: z
    .object({
      permissions: names('Rights of the app: `issues: write`.'),
      authModes: names('Ways of signing in that allow it; empty: any.'),
      nativeScopes: names('Scopes of a token.'),
    })
    .optional()
    .describe('What the credential must have.'),
  idempotency: z
    .enum(['native', 'marker', 'none'])
    .default('none')
    .describe(
      'What makes a repetition harmless. `native`: a key of the provider. `marker`: one that is left in the object. `none`: it is looked for first.',
    ),
  rateLimitCost: z.int().min(0).default(1).describe('Requests it takes.'),
  confirmedBy: names('Webhook events that confirm it; empty: only its response does.'),
});

const support = (what: string) =>
  z
    .object({
      supported: z.boolean().default(false).describe('Whether it has the interface at all.'),
      objects: names('What it has there, in its own words: `Issue`, `Milestone`.'),
      operations: z.array(operation).max(100).default([]).describe('What can be done.'),
      webhooks: names('Events it tells of.'),
    })
    .optional()
    .describe(what);

export const ExternalProviderCapabilityManifest = defineKind({
  kind: 'ExternalProviderCapabilityManifest',
  plural: 'externalprovidercapabilitymanifests',
  area: 'external-backends',
  storage: 'config',
  summary:
    'What a provider was found to support: interfaces, operations, what each of them needs, and how it signs webhooks.',
  writableBy: 'admin',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('The provider it describes.'),
    providerType: z.enum(PROVIDER_TYPES).optional().describe('Which system it is; that of the provider.'),
    displayName: z.string().min(1).max(120).optional().describe('The name people read.'),
    capabilities: z
      .array(z.enum(INTERFACES))
      .max(4)
      .meta({ 'x-kubernetes-list-type': 'set' })
      .describe('The interfaces it supports, as a short form of `interfaces`.'),
    hosting: z
      .array(z.enum(['saas', 'self-managed', 'enterprise-server', 'cloud', 'data-center']))
      .max(5)
      .default([])
      .describe('The ways it is run.'),
    authModes: names('Ways to sign in that it offers: `github-app`, `personal-token`.'),
    api: z
      .object({
        rest: z.boolean().default(false).describe('It has a REST API.'),
        graphql: z.boolean().default(false).describe('It has a GraphQL API.'),
        webhook: z.boolean().default(false).describe('It sends webhooks.'),
      })
      .default({ rest: false, graphql: false, webhook: false })
      .describe('How it is spoken to.'),
    identity: z
      .object({
        nativeIdFields: names('Fields that identify an object: `id`, `number`.'),
        globalIdField: z.string().max(60).optional().describe('Field with its global id: `node_id`.'),
        urlField: z.string().max(60).optional().describe('Field with the address of its page: `html_url`.'),
        versionFields: names('Fields that change when it does: `updated_at`.'),
      })
      .optional()
      .describe('Where an object says which it is and which version.'),
    interfaces: z
      .object({
        issueTracking: support('Issues.'),
        cicd: support('Pipelines.'),
        gitForge: support('Repositories and pull requests.'),
        artifactRegistry: support('Packages.'),
      })
      .default({})
      .describe('What it can do, interface by interface.'),
    webhookSignature: z
      .object({
        header: z.string().min(1).max(120).describe('Header that carries it: `X-Hub-Signature-256`.'),
        scheme: z
          .enum(['hmac-sha256', 'hmac-sha1', 'token', 'basic', 'none'])
          .describe(
            '`token`: the secret itself, compared. `none`: unsigned, so that the sender has to be on an allow list.',
          ),
        prefix: z.string().max(30).optional().describe('What stands before the digest: `sha256=`.'),
      })
      .optional()
      .describe('How its webhooks are signed.'),
    rateLimitModel: z
      .enum(['fixed-window', 'token-bucket', 'points', 'concurrency', 'unknown'])
      .default('unknown')
      .describe('How it counts requests.'),
    bodyFormat: z
      .enum(['markdown', 'provider-markdown', 'atlassian-document-format', 'html', 'plain'])
      .default('markdown')
      .describe('How it writes texts; others than Markdown are converted, and what is lost is said.'),
    adapterRef: z
      .object({
        package: z.string().min(1).max(214).describe('Name of the package.'),
        version: z.string().min(1).max(60).optional().describe('Its version.'),
      })
      .optional()
      .describe('The adapter that said so.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Current', 'Stale', 'Failed']).optional().describe('Whether it still holds.'),
    discoveredAt: moment().optional().describe('When the provider was last asked.'),
    missingPermissions: z
      .array(z.string())
      .optional()
      .describe('Rights that the credential lacks for what is switched on.'),
  }),
  conditions: { Ready: ['Current', 'Stale', 'ProviderMissing', 'DiscoveryFailed', 'DeclaredByHand'] },
  immutable: ['spec.providerRef'],
  selectableFields: ['spec.providerRef', 'spec.providerType'],
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Type', path: 'spec.providerType' },
    { name: 'Capabilities', path: 'spec.capabilities' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalProviderCapabilityManifest',
      metadata: { name: 'github-acme', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        providerType: 'github',
        capabilities: ['issueTracking', 'cicd', 'gitForge'],
        hosting: ['saas', 'enterprise-server'],
        authModes: ['github-app', 'oauth-app', 'personal-token'],
        api: { rest: true, graphql: true, webhook: true },
        identity: {
          nativeIdFields: ['id', 'number'],
          globalIdField: 'node_id',
          urlField: 'html_url',
          versionFields: ['updated_at'],
        },
        interfaces: {
          issueTracking: {
            supported: true,
            objects: ['Issue', 'IssueComment', 'Label', 'Milestone'],
            webhooks: ['issues', 'issue_comment', 'label', 'milestone'],
            operations: [
              {
                operation: 'createIssue',
                write: true,
                requires: { permissions: ['issues: write'] },
                idempotency: 'marker',
                confirmedBy: ['issues.opened'],
              },
            ],
          },
        },
        webhookSignature: { header: 'X-Hub-Signature-256', scheme: 'hmac-sha256', prefix: 'sha256=' },
        rateLimitModel: 'fixed-window',
      },
    },
  ],
  docs: `Made by asking the provider with its credential. For \`custom\` providers somebody writes it by hand, and every operation that is
to be used stands in it.`,
});
export type ExternalProviderCapabilityManifest = ResourceOf<typeof ExternalProviderCapabilityManifest>;
