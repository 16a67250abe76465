import { defineKind, NAME_PATTERN, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const Organization = defineKind({
  kind: 'Organization',
  plural: 'organizations',
  shortNames: ['org', 'orgs'],
  area: 'control-plane',
  storage: 'config',
  platform: true,
  summary: 'A tenant: people, repositories and agents that are isolated from every other organization.',
  writableBy: 'system',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it is for, for people.'),
    namespaceName: z
      .string()
      .max(63)
      .regex(new RegExp(NAME_PATTERN))
      .optional()
      .describe('The namespace its objects live in; the server sets `krate-org-<name>`.'),
    defaultVisibility: z
      .enum(['private', 'internal', 'public'])
      .default('private')
      .describe('Of new repositories.'),
    requireSecondApprover: z
      .boolean()
      .default(false)
      .describe(
        'Whoever dispatched a run may not approve its requests, nor approve or merge its pull request.',
      ),
    suspended: z
      .boolean()
      .default(false)
      .describe(
        'While it is, its people may read and change nothing; only a platform administrator sets and lifts it.',
      ),
    budgetLimitUsd: z
      .number()
      .min(0)
      .optional()
      .describe(
        'What all runs together may spend in a calendar month (UTC); once it is spent, no further run is dispatched.',
      ),
  }),
  status: z.object({
    phase: z
      .enum(['Provisioning', 'Ready', 'Terminating'])
      .optional()
      .describe('`Ready` once its namespace, the binding and its first admin are there.'),
    namespace: z.string().optional().describe('The namespace its objects live in.'),
    creatorAdmitted: z
      .boolean()
      .optional()
      .describe('Its creator was made admin, which happens once in its life.'),
  }),
  conditions: {
    NamespaceReady: ['Created', 'Creating', 'Conflict'],
    Ready: ['Provisioned', 'Provisioning', 'NamespaceConflict'],
  },
  immutable: ['spec.namespaceName'],
  rules: [
    {
      // A DNS label, and short enough for `krate-org-<name>` to be one as well: it is part of URLs and of host names.
      rule: "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && self.metadata.name.size() <= 53",
      message:
        "an organization's name has lower case letters, digits and inner dashes, and at most 53 characters",
      fieldPath: '.metadata.name',
    },
  ],
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Namespace', path: 'status.namespace' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'Group', type: 'organization' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Organization',
      metadata: { name: 'acme', namespace: 'krate-system' },
      spec: { displayName: 'Acme' },
    },
  ],
  docs: `Organizations live in the platform namespace \`krate-system\`. Creating one makes its namespace, the binding to it, and
gives the creator the admin role in it. Its deletion deletes everything inside.`,
});
export type Organization = ResourceOf<typeof Organization>;
