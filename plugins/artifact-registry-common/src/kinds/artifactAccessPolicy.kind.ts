import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { accessExpiry, feedPermission, feedSubject, feedSubjectKind } from '../access';

export const ArtifactAccessPolicy = defineKind({
  kind: 'ArtifactAccessPolicy',
  plural: 'artifactaccesspolicies',
  area: 'artifact-registry',
  storage: 'config',
  summary: 'Gives one user, team or agent a permission on one feed.',
  writableBy: 'maintainer',
  spec: z.object({
    feedRef: ref('ArtifactFeed').describe('The feed it is about.'),
    subjectKind: feedSubjectKind,
    subject: feedSubject,
    permission: feedPermission,
    expiresAt: accessExpiry,
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Active', 'Expired']).optional().describe('Whether it counts.'),
  }),
  conditions: { Ready: ['Active', 'Expired', 'FeedMissing', 'SubjectMissing'] },
  immutable: ['spec.feedRef', 'spec.subjectKind', 'spec.subject'],
  selectableFields: ['spec.feedRef', 'spec.subject', 'spec.permission'],
  columns: [
    { name: 'Feed', path: 'spec.feedRef' },
    { name: 'Subject', path: 'spec.subject' },
    { name: 'Subject Kind', path: 'spec.subjectKind', priority: 1 },
    { name: 'Permission', path: 'spec.permission' },
    { name: 'Expires', path: 'spec.expiresAt' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'ArtifactAccessPolicy',
      metadata: { name: 'web-release-agent', namespace: 'krate-org-acme' },
      spec: {
        feedRef: 'web',
        subjectKind: 'agent-stack',
        subject: 'releaser',
        permission: 'write',
        expiresAt: '2027-01-01T00:00:00Z',
      },
    },
  ],
  docs: `Policies only add: the permissions of a subject are the union of all policies that name it, or a team it is in, and have not
expired. Admins of the organization need none. An agent has nothing without one; a run of untrusted work reads public feeds at most.`,
});
export type ArtifactAccessPolicy = ResourceOf<typeof ArtifactAccessPolicy>;
