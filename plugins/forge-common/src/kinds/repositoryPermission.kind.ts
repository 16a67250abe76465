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
    repository: ref('Repository').describe('The one repository it is for.'),
    subject: z
      .object({
        kind: z.enum(['User', 'Team']).describe('A team’s permission goes to all its members.'),
        name: z
          .string()
          .max(253)
          .regex(new RegExp(NAME_PATTERN))
          .describe('Name of that User or Team, in the same organization.'),
      })
      .describe('Whom it is given to.'),
    permission: z
      .enum(['read', 'write', 'admin'])
      .describe('`read`: clone. `write`: push, open and review. `admin`: also merge, approve and protect.'),
    revoked: z.boolean().default(false).describe('Takes it away and keeps the object.'),
  }),
  status: z.object({
    phase: z
      .enum(['Synced', 'Revoked', 'Pending'])
      .optional()
      .describe('`Synced`: it has effect. `Pending`: the repository or the subject does not exist.'),
  }),
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
