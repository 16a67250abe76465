import { defineKind, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { lastError, PROVIDER_TYPES } from '../fields';

const secretKey = (what: string) =>
  z
    .object({
      name: ref('Secret').describe('The Secret.'),
      key: z.string().min(1).max(253).describe('The key in it.'),
    })
    .optional()
    .describe(what);

export const ExternalBackendProvider = defineKind({
  kind: 'ExternalBackendProvider',
  plural: 'externalbackendproviders',
  shortNames: ['externalprovider', 'externalproviders'],
  area: 'external-backends',
  storage: 'config',
  summary: 'A system outside that Krate works with: where it answers and how Krate signs in to it.',
  writableBy: 'admin',
  spec: z.object({
    providerType: z
      .enum(PROVIDER_TYPES)
      .describe('Which system it is; `custom` names its adapter in `adapterRef`. Fixed for life.'),
    displayName: z.string().min(1).max(120).optional().describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it is used for.'),
    endpoint: z.url().describe('Base address of its API: `https://api.github.com`.'),
    baseUrl: z
      .url()
      .optional()
      .describe('Base address of its pages, for links: `https://github.com`. Absent: as `endpoint`.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('It answers on this machine or in a private network.'),
    capabilities: z
      .object({
        issueTracking: z.boolean().default(false).describe('Issues, comments, labels and milestones.'),
        cicd: z.boolean().default(false).describe('Pipelines, jobs, checks and their logs.'),
        gitForge: z
          .boolean()
          .default(false)
          .describe('Repositories, pull requests, reviews and branch rules.'),
        artifactRegistry: z.boolean().default(false).describe('Packages and images.'),
      })
      .optional()
      .describe('What it may be used for at all. A binding turns it on for one repository.'),
    authRef: z
      .object({
        kind: z.enum(['Secret']).default('Secret').describe('Always `Secret`.'),
        name: ref('Secret').describe('The Secret.'),
      })
      .optional()
      .describe('The Secret that signs Krate in. Only its name is ever shown.'),
    auth: z
      .object({
        mode: z
          .enum([
            'github-app',
            'oauth-app',
            'oauth-user',
            'personal-token',
            'project-token',
            'group-token',
            'self-managed-token',
            'none',
          ])
          .describe(
            'How Krate signs in. An app is better than a token: its rights are narrow and its tokens short-lived.',
          ),
        installationId: z
          .string()
          .max(60)
          .optional()
          .describe('Which installation of the app, for `github-app`.'),
        appIdSecretRef: secretKey('Where the id of the app stands; default `app-id` of `authRef`.'),
        privateKeySecretRef: secretKey(
          'Where the private key of the app stands, in PEM; default `private-key.pem` of `authRef`.',
        ),
        tokenSecretRef: secretKey(
          'Where the token stands, for the modes with one; default `token` of `authRef`.',
        ),
        webhookSecretRef: secretKey(
          'Where the secret that signs its webhooks stands; default `webhook-secret` of `authRef`.',
        ),
      })
      .optional()
      .describe(
        'How Krate signs in. Absent: as the type of the provider usually does, with the keys of `authRef`.',
      ),
    syncPolicyRef: ref('ExternalBackendSyncPolicy')
      .optional()
      .describe('The rules of synchronisation for bindings that name none.'),
    adapterRef: z
      .object({
        package: z.string().min(1).max(214).describe('Name of the package that brings the adapter.'),
        version: z
          .string()
          .min(1)
          .max(60)
          .optional()
          .describe('Its version. Absent: the one that is installed.'),
      })
      .optional()
      .describe('The adapter to use; needed for `custom`.'),
    config: z
      .record(z.string(), z.string().max(4096))
      .optional()
      .describe('Further settings of the adapter, by name. Nothing secret.'),
    paused: z.boolean().default(false).describe('No new backfill and no write; webhooks are still recorded.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Authenticating', 'Discovering', 'Ready', 'Degraded', 'Paused', 'Failed'])
      .optional()
      .describe('How it stands. `Failed` waits for a change of the spec.'),
    rateLimit: z
      .object({
        limit: z.int().min(0).optional().describe('Requests allowed in a window.'),
        remaining: z.int().min(0).optional().describe('Requests left in this one.'),
        resetAt: moment().optional().describe('When the next one begins.'),
        bucket: z.string().optional().describe('Which of the provider’s limits it is.'),
      })
      .optional()
      .describe('The tightest of its request limits, as it last told.'),
    discoveredCapabilities: z
      .array(z.string())
      .optional()
      .describe('The interfaces it was found to support with these credentials.'),
    capabilityManifest: ref('ExternalProviderCapabilityManifest')
      .optional()
      .describe('What was found in detail.'),
    lastSuccessfulWebhookAt: moment().optional().describe('When a webhook of it was last taken in.'),
    lastFailedWebhookAt: moment().optional().describe('When one was last refused or failed.'),
    lastBackfillAt: z
      .record(z.string(), moment())
      .optional()
      .describe('When everything was last read anew, for each interface.'),
    queueDepth: z.int().min(0).optional().describe('Webhooks that wait to be worked on.'),
    conflictsCount: z.int().min(0).optional().describe('Open conflicts.'),
    pendingWriteCount: z.int().min(0).optional().describe('Writes that are not confirmed yet.'),
    lastError: lastError(),
  }),
  conditions: {
    AuthReady: ['Authenticated', 'SecretMissing', 'KeyMissing', 'KeyInvalid', 'Rejected', 'NotChecked'],
    InstallationReady: [
      'Installed',
      'InstallationMissing',
      'Suspended',
      'PermissionsMissing',
      'NotApplicable',
    ],
    WebhookReady: ['Receiving', 'SecretMissing', 'NeverReceived', 'SignatureRejected'],
    IssueTrackingReady: ['Ready', 'Disabled', 'Unsupported', 'PermissionsMissing'],
    CicdReady: ['Ready', 'Disabled', 'Unsupported', 'PermissionsMissing'],
    GitForgeReady: ['Ready', 'Disabled', 'Unsupported', 'PermissionsMissing'],
    RateLimited: ['WithinLimits', 'LowBudget', 'Exhausted'],
    BackfillHealthy: ['Healthy', 'Stale', 'Failing', 'NeverRun'],
    ConflictsPresent: ['NoConflicts', 'OpenConflicts'],
    Ready: [
      'Ready',
      'AuthNotReady',
      'InstallationNotReady',
      'Discovering',
      'Degraded',
      'Paused',
      'AdapterMissing',
      'ConfigurationInvalid',
    ],
  },
  immutable: ['spec.providerType'],
  selectableFields: ['spec.providerType', 'status.phase'],
  columns: [
    { name: 'Type', path: 'spec.providerType' },
    { name: 'Endpoint', path: 'spec.endpoint' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Conflicts', path: 'status.conflictsCount', type: 'integer', priority: 1 },
    { name: 'Pending Writes', path: 'status.pendingWriteCount', type: 'integer', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { type: 'external-backend' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalBackendProvider',
      metadata: { name: 'github-acme', namespace: 'krate-org-acme' },
      spec: {
        providerType: 'github',
        displayName: 'GitHub acme',
        endpoint: 'https://api.github.com',
        baseUrl: 'https://github.com',
        capabilities: { issueTracking: true, cicd: true, gitForge: true },
        authRef: { kind: 'Secret', name: 'github-app-acme' },
        auth: { mode: 'github-app', installationId: '51283377' },
        syncPolicyRef: 'github-default',
      },
    },
  ],
  docs: `The Secret of a GitHub App has the keys \`app-id\`, \`private-key.pem\` and \`webhook-secret\`. Tokens that Krate gets with them
stay in memory. A provider by itself changes nothing: an ExternalBackendBinding says for which repository or project it is used.`,
});
export type ExternalBackendProvider = ResourceOf<typeof ExternalBackendProvider>;
