import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const ArtifactVersion = defineKind({
  kind: 'ArtifactVersion',
  plural: 'artifactversions',
  area: 'artifact-registry',
  storage: 'record',
  summary:
    'One published version of a package: what it is made of, who published it, and from what it was built.',
  writableBy: 'system',
  spec: z.object({
    feedRef: ref('ArtifactFeed').describe('The feed it was published to.'),
    name: z.string().min(1).max(256).describe('Name of the package, as its client spells it: `@acme/web`.'),
    version: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[0-9A-Za-z_][0-9A-Za-z._+!-]*$/)
      .describe('A semantic version for npm, PEP 440 for pip, the tag for docker, any name for generic.'),
    packageType: z.enum(['npm', 'pip', 'docker', 'generic']).describe('The format; that of the registry.'),
    size: z.int().min(0).max(1_099_511_627_776).optional().describe('Bytes of all its files together.'),
    checksums: z
      .object({
        sha256: sha256
          .optional()
          .describe('SHA-256 of the content, 64 hexadecimal digits; of the manifest for docker.'),
        md5: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .optional()
          .describe('MD5 of the content, for clients that still ask for it.'),
      })
      .optional()
      .describe('Computed by the server from what it received.'),
    metadata: z
      .object({
        description: z.string().max(4096).optional().describe('What the package says about itself.'),
        dependencies: z
          .record(z.string(), z.string().max(256))
          .optional()
          .describe('What it needs: a version range for each package name.'),
        tags: z
          .array(z.string().min(1).max(128))
          .max(100)
          .optional()
          .describe('Names that point at this version: `latest`, `beta`.'),
      })
      .optional()
      .describe('Taken from the package when it was published.'),
    publishedBy: z.string().min(1).max(253).describe('Who published it; set by the server from the caller.'),
    publishedAt: z.iso.datetime({ offset: true }).describe('When, by the server’s clock.'),
    blobRefs: z
      .array(
        z.object({
          digest: z
            .string()
            .regex(/^sha256:[0-9a-f]{64}$/)
            .describe('Its address in the store; equal content is kept once.'),
          size: z.int().min(0).describe('Its bytes.'),
          mediaType: z.string().max(255).describe('What kind of file it is.'),
          filename: z.string().max(255).optional().describe('The name a client downloads it by.'),
        }),
      )
      .max(1000)
      .default([])
      .describe('The files it consists of.'),
    provenance: z
      .object({
        repository: ref('Repository').optional().describe('The repository it was built from.'),
        commit: z
          .string()
          .regex(/^[0-9a-f]{40}$/)
          .optional()
          .describe('The commit it was built from.'),
        pipeline: ref('Pipeline').optional().describe('The pipeline that published it.'),
        job: ref('Job').optional().describe('The job that published it.'),
        dispatchRun: ref('AgentDispatchRun').optional().describe('The agent run that made it.'),
        artifactRef: ref('KrateArtifact')
          .optional()
          .describe('The output of a run that was promoted to this version; the digest is the same.'),
      })
      .optional()
      .describe('Where it came from, as far as the server knows it from the publisher’s token.'),
  }),
  status: z.object({
    phase: z
      .enum(['Uploading', 'Published', 'Yanked', 'Quarantined', 'Archived', 'Deleted'])
      .optional()
      .describe(
        '`Yanked`: only found by its exact version. `Quarantined`: held back. `Archived`: out of retention, can be restored. `Deleted`: its bytes are gone.',
      ),
    downloads: z.int().min(0).optional().describe('How often it was downloaded.'),
    lastDownloadedAt: z.iso.datetime({ offset: true }).optional().describe('When it was last downloaded.'),
    mirror: z
      .enum(['Pending', 'Synced', 'Failed'])
      .optional()
      .describe('How its copy in the registry outside stands, where the mode is `mirror`.'),
    archivedReason: z.string().optional().describe('Which rule of the retention policy archived it.'),
  }),
  conditions: {
    ContentVerified: ['DigestMatches', 'DigestMismatch', 'Uploading'],
    Mirrored: ['Synced', 'Pending', 'Failed', 'NotConfigured'],
    Ready: ['Published', 'Uploading', 'Yanked', 'Quarantined', 'Archived', 'Deleted', 'FeedMissing'],
  },
  immutable: ['spec'],
  selectableFields: ['spec.feedRef', 'spec.name', 'spec.version', 'spec.publishedBy', 'status.phase'],
  columns: [
    { name: 'Feed', path: 'spec.feedRef' },
    { name: 'Package', path: 'spec.name' },
    { name: 'Version', path: 'spec.version' },
    { name: 'Size', path: 'spec.size', type: 'integer' },
    { name: 'Published By', path: 'spec.publishedBy' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Digest', path: 'spec.checksums.sha256', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ArtifactVersion',
      metadata: { name: 'web-acme-prices-3f9c21d0', namespace: 'krate-org-acme' },
      spec: {
        feedRef: 'web',
        name: '@acme/prices',
        version: '2.4.1',
        packageType: 'npm',
        size: 18_231,
        checksums: { sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
        metadata: {
          description: 'Rounds prices as the law wants them.',
          dependencies: { 'decimal.js': '^10.4.0' },
          tags: ['latest'],
        },
        publishedBy: 'ada',
        publishedAt: '2026-11-20T09:30:00Z',
        blobRefs: [
          {
            digest: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
            size: 18_231,
            mediaType: 'application/gzip',
            filename: 'prices-2.4.1.tgz',
          },
        ],
        provenance: {
          repository: 'web',
          commit: '1f3870be274f6c49b3e31a0c6728957f1a2b3c4d',
          pipeline: 'web-release-12',
        },
      },
    },
  ],
  docs: `Versions come from publishing with the client of their format, never from applying one. A version of npm and pip is fixed for
ever; a tag of docker may be pushed again, which makes a new object and archives the one before.`,
});
export type ArtifactVersion = ResourceOf<typeof ArtifactVersion>;
