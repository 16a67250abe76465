import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const ArtifactDownload = defineKind({
  kind: 'ArtifactDownload',
  plural: 'artifactdownloads',
  area: 'artifact-registry',
  storage: 'record',
  summary: 'One download of one package version: who, when, with what.',
  writableBy: 'system',
  readableBy: 'maintainer',
  spec: z.object({
    feedRef: ref('ArtifactFeed').describe('The feed it came from.'),
    versionRef: ref('ArtifactVersion').describe('The version that was downloaded.'),
    downloadedBy: z.string().min(1).max(253).optional().describe('The user or agent whose token was used.'),
    downloadedAt: z.iso.datetime({ offset: true }).describe('When, by the server’s clock.'),
    ipAddress: z
      .string()
      .max(45)
      .regex(/^[0-9a-fA-F:.]+$/)
      .optional()
      .describe('Where the request came from, IPv4 or IPv6.'),
    userAgent: z.string().max(512).optional().describe('What the client said it is.'),
    clientId: z
      .string()
      .max(253)
      .optional()
      .describe('A mark the client gave itself, such as the id of a build.'),
  }),
  immutable: ['spec'],
  selectableFields: ['spec.feedRef', 'spec.versionRef', 'spec.downloadedBy'],
  columns: [
    { name: 'Feed', path: 'spec.feedRef' },
    { name: 'Version', path: 'spec.versionRef' },
    { name: 'By', path: 'spec.downloadedBy' },
    { name: 'At', path: 'spec.downloadedAt', type: 'date' },
    { name: 'Client', path: 'spec.userAgent', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ArtifactDownload',
      metadata: { name: 'web-acme-prices-3f9c21d0-x7k2p', namespace: 'krate-org-acme' },
      spec: {
        feedRef: 'web',
        versionRef: 'web-acme-prices-3f9c21d0',
        downloadedBy: 'grace',
        downloadedAt: '2026-11-20T10:02:11Z',
        ipAddress: '192.0.2.17',
        userAgent: 'npm/11.6.1 node/v24.21.0 linux x64',
      },
    },
  ],
  docs: `Written by the server and never changed. One for each tarball of npm, file of pip, manifest of docker, file of generic. It holds
an address of a person’s machine, so only maintainers read it.`,
});
export type ArtifactDownload = ResourceOf<typeof ArtifactDownload>;
