import { defineKind, moment, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { lastError, ownershipMode } from '../fields';

const use = (what: string) =>
  z
    .object({
      enabled: z.boolean().default(false).describe('Whether it is used here.'),
      mode: ownershipMode().default('external-owned'),
      overrides: z
        .record(z.string(), ownershipMode())
        .optional()
        .describe('Another mode for one kind, by its name: `SSHKey: krate-owned`.'),
    })
    .optional()
    .describe(what);

const refsOf = (what: string) => z.array(z.string().min(1).max(200)).max(100).default([]).describe(what);

export const ExternalBackendBinding = defineKind({
  kind: 'ExternalBackendBinding',
  plural: 'externalbackendbindings',
  area: 'external-backends',
  storage: 'config',
  summary:
    'Ties a repository, a project or the whole organization to its counterpart at a provider, and says who owns what.',
  writableBy: 'admin',
  spec: z.object({
    providerRef: ref('ExternalBackendProvider').describe('The provider.'),
    credentialRef: ref('Secret').describe('What signs in for this binding; may be the provider’s own.'),
    targetRef: z
      .object({
        kind: z.enum(['Repository', 'KrateProject', 'Organization']).describe('What is bound.'),
        name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name; of this organization.'),
      })
      .optional()
      .describe('What is bound on this side. Absent: the organization.'),
    externalRef: z
      .object({
        owner: z.string().max(200).optional().describe('Account, group or workspace there.'),
        repository: z.string().max(200).optional().describe('Repository there, without its owner.'),
        project: z.string().max(200).optional().describe('Project, board or team there, by its key.'),
        pipeline: z
          .string()
          .max(200)
          .optional()
          .describe('Pipeline there, where it is not found by the repository.'),
        installationId: z
          .string()
          .max(60)
          .optional()
          .describe('Installation of the app, where it is not the provider’s.'),
      })
      .optional()
      .describe('What is bound on the other side.'),
    interfaces: z
      .object({
        issueTracking: use('Issues, comments, labels and milestones.'),
        cicd: use('Pipelines, jobs and checks.'),
        gitForge: use('The repository, its pull requests, reviews, keys and branch rules.'),
        artifactRegistry: z
          .object({
            enabled: z.boolean().default(false).describe('Whether it is used here.'),
            mode: z
              .enum(['read-only', 'read-write', 'mirror'])
              .default('read-only')
              .describe(
                '`read-only`: packages are read from there. `read-write`: and published there. `mirror`: they live here and are copied out.',
              ),
          })
          .optional()
          .describe('Packages.'),
      })
      .default({})
      .describe('What the binding is used for; each interface has its own owner.'),
    scope: z
      .object({
        repositories: refsOf(
          'Names or globs of repositories there; empty: all that the credential sees. For a binding of the organization.',
        ),
        labels: refsOf('Only issues and pull requests with one of these labels; empty: all.'),
        branches: refsOf('Only branches that match one of these globs; empty: all.'),
        since: moment().optional().describe('Leave out what was closed before.'),
      })
      .default({ repositories: [], labels: [], branches: [] })
      .describe('Which part of it is mirrored.'),
    syncPolicyRef: ref('ExternalBackendSyncPolicy')
      .optional()
      .describe('The rules of synchronisation. Absent: those of the provider.'),
    webhookSecretRef: z
      .object({
        name: ref('Secret').describe('The Secret.'),
        key: z.string().min(1).max(253).default('webhook-secret').describe('The key in it.'),
      })
      .optional()
      .describe('What signs webhooks of this binding, where it is not what signs the provider’s.'),
    paused: z.boolean().default(false).describe('No new backfill and no write; webhooks are still recorded.'),
  }),
  status: z.object({
    phase: z
      .enum([
        'Pending',
        'ValidatingTarget',
        'RegisteringWebhook',
        'Backfilling',
        'Ready',
        'Conflict',
        'Paused',
        'Failed',
      ])
      .optional()
      .describe('How it stands. In `Conflict` it goes on with everything else.'),
    webhook: z
      .object({
        nativeId: z.string().optional().describe('Its id at the provider.'),
        url: z.string().optional().describe('Where the provider sends to.'),
        lastDeliveryAt: moment().optional().describe('When something last came.'),
      })
      .optional()
      .describe('The webhook registered at the provider.'),
    backfill: z
      .object({
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
          .describe('Where it is.'),
        interface: z.string().optional().describe('Which interface it reads.'),
        processed: z.int().min(0).optional().describe('Objects read so far.'),
        startedAt: moment().optional().describe('When it began.'),
        finishedAt: moment().optional().describe('When it ended.'),
      })
      .optional()
      .describe('The running or last backfill.'),
    lastSyncedAt: moment().optional().describe('When both sides last agreed in everything.'),
    objectCount: z.int().min(0).optional().describe('Objects that are linked.'),
    conflictsCount: z.int().min(0).optional().describe('Open conflicts.'),
    pendingWriteCount: z.int().min(0).optional().describe('Writes that are not confirmed yet.'),
    lastError: lastError(),
  }),
  conditions: {
    TargetValid: [
      'Valid',
      'TargetMissing',
      'ProviderMissing',
      'InterfaceUnsupported',
      'ModeUnsupported',
      'TargetBoundTwice',
    ],
    AuthReady: ['Authenticated', 'SecretMissing', 'KeyMissing', 'Rejected', 'PermissionsMissing'],
    WebhookReady: ['Registered', 'Registering', 'RegistrationFailed', 'SecretMissing', 'NotNeeded'],
    BackfillHealthy: ['Healthy', 'Running', 'Stale', 'Failing', 'RateLimited'],
    ConflictsPresent: ['NoConflicts', 'OpenConflicts'],
    Ready: [
      'Synced',
      'TargetInvalid',
      'AuthNotReady',
      'WebhookNotReady',
      'Backfilling',
      'Paused',
      'ProviderNotReady',
    ],
  },
  immutable: ['spec.providerRef', 'spec.targetRef'],
  selectableFields: ['spec.providerRef', 'spec.targetRef.name', 'status.phase'],
  columns: [
    { name: 'Provider', path: 'spec.providerRef' },
    { name: 'Target', path: 'spec.targetRef.name' },
    { name: 'Owner', path: 'spec.externalRef.owner', priority: 1 },
    { name: 'Repository', path: 'spec.externalRef.repository', priority: 1 },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Last Synced', path: 'status.lastSyncedAt', type: 'date' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ExternalBackendBinding',
      metadata: { name: 'github-acme-web', namespace: 'krate-org-acme' },
      spec: {
        providerRef: 'github-acme',
        credentialRef: 'github-app-acme',
        targetRef: { kind: 'Repository', name: 'web' },
        externalRef: { owner: 'acme', repository: 'web' },
        interfaces: {
          issueTracking: { enabled: true, mode: 'bidirectional' },
          cicd: { enabled: true, mode: 'external-owned' },
          gitForge: { enabled: true, mode: 'bidirectional', overrides: { SSHKey: 'krate-owned' } },
        },
      },
    },
  ],
  docs: `One repository may have several bindings, such as a forge from one provider and pipelines from another; no interface of it is
owned by two. Pausing stops backfills and writes; what webhooks bring meanwhile is recorded and worked on later.`,
});
export type ExternalBackendBinding = ResourceOf<typeof ExternalBackendBinding>;
