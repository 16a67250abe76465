import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const ArtifactRegistry = defineKind({
  kind: 'ArtifactRegistry',
  plural: 'artifactregistries',
  shortNames: ['registry', 'registries'],
  area: 'artifact-registry',
  storage: 'config',
  summary:
    'A place for packages of one format: where their bytes lie, and which registry outside stands behind it.',
  writableBy: 'admin',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    description: z
      .string()
      .max(1000)
      .optional()
      .describe('What belongs in here, for the people who publish.'),
    type: z
      .enum(['npm', 'pip', 'docker', 'generic'])
      .describe(
        'The format of every package in it: `docker` is OCI images, `generic` is plain files. Fixed for life.',
      ),
    storageBackend: z
      .enum(['internal', 's3', 'azure-blob', 'gcs'])
      .describe(
        'Where the bytes lie. `internal` is the server’s own data directory; the others need a bucket. Fixed for life.',
      ),
    storageConfig: z
      .object({
        bucket: z
          .string()
          .min(3)
          .max(222)
          .optional()
          .describe('Bucket, or container of Azure; every backend but `internal` needs one.'),
        prefix: z
          .string()
          .max(500)
          .regex(/^[^/].*[^/]$|^[^/]$/)
          .optional()
          .describe('Key prefix inside the bucket, without a slash at either end: `krate/packages`.'),
        region: z.string().max(60).optional().describe('Region of the bucket, for `s3`: `eu-central-1`.'),
        endpoint: z
          .url()
          .optional()
          .describe('Address of a store that speaks the protocol of `s3` and is not Amazon’s.'),
        connectionSecret: ref('Secret')
          .optional()
          .describe(
            'Holds the credentials of the bucket; without one the server uses its own identity in the cloud.',
          ),
      })
      .optional()
      .describe('Where in the store; not for `internal`.'),
    externalIntegration: z
      .object({
        provider: z
          .string()
          .min(1)
          .max(60)
          .describe(
            'What answers there, for people and for messages: `npmjs`, `pypi`, `ghcr`, `artifactory`.',
          ),
        mode: z
          .enum(['read-only', 'read-write', 'mirror'])
          .default('read-only')
          .describe(
            '`read-only`: missing packages are fetched from there and kept. `read-write`: reads and publishes go there. `mirror`: packages live here and are copied out.',
          ),
        url: z.url().optional().describe('Base address of the registry outside; Krate knows none by itself.'),
        bindingRef: ref('ExternalBackendBinding')
          .optional()
          .describe(
            'A binding whose interface `artifactRegistry` is enabled; its provider and credential are used.',
          ),
        connectionSecret: ref('Secret')
          .optional()
          .describe('Holds the token for the registry outside, where no binding gives one.'),
      })
      .optional()
      .describe('A registry outside that stands behind this one. Absent: there is none.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Provisioning', 'Ready', 'Degraded', 'Failed'])
      .optional()
      .describe('How it stands. `Degraded`: it serves, but storage or the registry outside does not answer.'),
    endpoint: z.string().optional().describe('Base address for the package clients of this format.'),
    feedCount: z.int().min(0).optional().describe('How many feeds it has.'),
    versionCount: z.int().min(0).optional().describe('How many published versions all its feeds hold.'),
    bytesStored: z.int().min(0).optional().describe('Bytes kept, equal content counted once.'),
  }),
  conditions: {
    StorageReady: ['Reachable', 'Unreachable', 'BucketMissing', 'SecretMissing', 'AccessDenied'],
    ExternalReady: [
      'Reachable',
      'Unreachable',
      'NotConfigured',
      'BindingMissing',
      'SecretMissing',
      'AccessDenied',
    ],
    EndpointReady: ['Serving', 'NotServing'],
    Ready: ['Ready', 'Provisioning', 'StorageNotReady', 'ExternalNotReady', 'ConfigurationInvalid'],
  },
  immutable: ['spec.type', 'spec.storageBackend'],
  selectableFields: ['spec.type', 'status.phase'],
  columns: [
    { name: 'Type', path: 'spec.type' },
    { name: 'Storage', path: 'spec.storageBackend' },
    { name: 'Feeds', path: 'status.feedCount', type: 'integer' },
    { name: 'External', path: 'spec.externalIntegration.mode', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { type: 'artifact-registry' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ArtifactRegistry',
      metadata: { name: 'npm', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'npm packages',
        type: 'npm',
        storageBackend: 's3',
        storageConfig: {
          bucket: 'acme-packages',
          prefix: 'krate/npm',
          region: 'eu-central-1',
          connectionSecret: 'package-bucket',
        },
        externalIntegration: { provider: 'npmjs', mode: 'read-only', url: 'https://npm.example.com' },
      },
    },
  ],
  docs: `Packages are published into the feeds of a registry. Deleting a registry deletes its feeds; the bytes in a bucket of yours stay.`,
});
export type ArtifactRegistry = ResourceOf<typeof ArtifactRegistry>;
