import { defineKind, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const RepositoryPermission = defineKind({
  kind: 'RepositoryPermission',
  plural: 'repositorypermissions',
  area: 'forge',
  storage: 'config',
  summary: 'Gives a user or a team more on one repository than their organization role gives.',
  writableBy: 'admin',
  spec: z.object({
    repository: ref('Repository'),
    subject: z.object({
      kind: z.enum(['User', 'Team']),
      name: z.string().max(253).regex(new RegExp(NAME_PATTERN)),
    }),
    permission: z
      .enum(['read', 'write', 'admin'])
      .describe('`read`: clone. `write`: push, open and review. `admin`: also merge, approve and protect.'),
    revoked: z.boolean().default(false),
  }),
  status: z.object({ phase: z.enum(['Synced', 'Revoked', 'Pending']).optional() }),
  conditions: { Ready: ['Granted', 'Revoked', 'RepositoryMissing', 'SubjectMissing'] },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Subject', path: 'spec.subject.name' },
    { name: 'Permission', path: 'spec.permission' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'RepositoryPermission',
      metadata: { name: 'web-ada', namespace: 'krate-org-acme' },
      spec: { repository: 'web', subject: { kind: 'User', name: 'ada' }, permission: 'write' },
    },
  ],
});
export type RepositoryPermission = ResourceOf<typeof RepositoryPermission>;
