import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { accessExpiry, feedPermission, feedSubject, feedSubjectKind } from '../access';

export const ArtifactFeed = defineKind({
  kind: 'ArtifactFeed',
  plural: 'artifactfeeds',
  shortNames: ['feed', 'feeds'],
  area: 'artifact-registry',
  storage: 'config',
  summary: 'A named stream of packages in a registry: who sees it, and how long versions are kept.',
  writableBy: 'maintainer',
  spec: z.object({
    registryRef: ref('ArtifactRegistry').describe('The registry it belongs to, for life.'),
    displayName: z
      .string()
      .min(1)
      .max(120)
      .describe('The name people read; the object’s own name is its place in addresses.'),
    description: z.string().max(1000).optional().describe('Which packages belong in here.'),
    visibility: z
      .enum(['public', 'private'])
      .default('private')
      .describe('`public`: every member of the organization reads it. `private`: only whom a policy names.'),
    retentionPolicy: z
      .object({
        maxVersions: z
          .int()
          .min(1)
          .max(100_000)
          .optional()
          .describe('The most versions kept of each package; the oldest go first.'),
        maxAgeDays: z.int().min(1).max(36_500).optional().describe('Versions older than this go.'),
        hardDeleteAfterDays: z
          .int()
          .min(0)
          .max(36_500)
          .default(30)
          .describe('How long an archived version can still be restored before its bytes are removed.'),
        keepTags: z
          .array(z.string().min(1).max(128))
          .max(50)
          .default(['latest'])
          .describe('Tags whose versions are never removed.'),
      })
      .optional()
      .describe('What is archived by itself, after each publish and once a day. Absent: nothing is.'),
    accessPolicies: z
      .array(
        z.object({
          subjectKind: feedSubjectKind,
          subject: feedSubject,
          permission: feedPermission,
          expiresAt: accessExpiry,
        }),
      )
      .max(200)
      .default([])
      .describe(
        'Who may do what; adds to the ArtifactAccessPolicies that name the feed. Nothing here takes a permission away.',
      ),
    upstream: z
      .object({
        url: z.url().describe('Base address of the registry that missing packages are fetched from.'),
        mode: z
          .enum(['proxy', 'allow-list'])
          .default('proxy')
          .describe(
            '`proxy`: any package that is not published here. `allow-list`: only those in `packages`.',
          ),
        packages: z
          .array(z.string().min(1).max(256))
          .max(1000)
          .default([])
          .describe('Names or globs that `allow-list` lets through: `@types/*`.'),
      })
      .optional()
      .describe(
        'Where packages come from that nobody published here. Names that were published here are never asked for there.',
      ),
    repositoryRef: ref('Repository')
      .optional()
      .describe('The repository whose releases these packages are; its page lists them.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Ready', 'Degraded', 'Archived'])
      .optional()
      .describe('How it stands. `Archived`: its registry is gone, it only reads.'),
    endpoint: z.string().optional().describe('Address to give to the package client.'),
    packageCount: z.int().min(0).optional().describe('How many packages it has.'),
    versionCount: z.int().min(0).optional().describe('How many versions of them are published.'),
    bytes: z.int().min(0).optional().describe('Bytes that its published versions refer to.'),
    lastPublishedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When a version was last published.'),
    lastRetentionAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When the retention policy was last applied.'),
  }),
  conditions: {
    RegistryReady: ['Ready', 'RegistryMissing', 'RegistryNotReady'],
    UpstreamReady: ['Reachable', 'Unreachable', 'NotConfigured'],
    RetentionApplied: ['Applied', 'NoPolicy', 'Pending', 'Failed'],
    Ready: ['Serving', 'RegistryMissing', 'RegistryNotReady', 'RepositoryMissing', 'UpstreamUnreachable'],
  },
  immutable: ['spec.registryRef'],
  selectableFields: ['spec.registryRef', 'spec.repositoryRef', 'status.phase'],
  columns: [
    { name: 'Registry', path: 'spec.registryRef' },
    { name: 'Visibility', path: 'spec.visibility' },
    { name: 'Packages', path: 'status.packageCount', type: 'integer' },
    { name: 'Versions', path: 'status.versionCount', type: 'integer' },
    { name: 'Last Published', path: 'status.lastPublishedAt', type: 'date', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { type: 'artifact-feed' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ArtifactFeed',
      metadata: { name: 'web', namespace: 'krate-org-acme' },
      spec: {
        registryRef: 'npm',
        displayName: 'Web packages',
        visibility: 'private',
        retentionPolicy: { maxVersions: 50, maxAgeDays: 365, keepTags: ['latest', 'lts'] },
        accessPolicies: [{ subjectKind: 'team', subject: 'frontend', permission: 'write' }],
        repositoryRef: 'web',
      },
    },
  ],
  docs: `What a feed is to a client: a scope for npm, an index for pip, a repository namespace for docker, a folder for generic files.`,
});
export type ArtifactFeed = ResourceOf<typeof ArtifactFeed>;
