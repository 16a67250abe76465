import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const Team = defineKind({
  kind: 'Team',
  plural: 'teams',
  area: 'control-plane',
  storage: 'config',
  summary: 'A group of users that roles and repository permissions can be given to.',
  writableBy: 'admin',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it is for, for people.'),
    members: z.array(ref('User')).max(1000).default([]).describe('Who has what is given to the team.'),
    maintainers: z
      .array(ref('User'))
      .max(100)
      .default([])
      .describe('Who may change the team; they are members too.'),
  }),
  status: z.object({
    memberCount: z
      .int()
      .optional()
      .describe('Users in it, maintainers included; names that are no User do not count.'),
  }),
  conditions: { Ready: ['MembersResolved', 'MemberMissing'] },
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Members', path: 'status.memberCount', type: 'integer' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'Group', type: 'team' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Team',
      metadata: { name: 'reviewers', namespace: 'krate-org-acme' },
      spec: { displayName: 'Reviewers', members: ['ada'] },
    },
  ],
});
export type Team = ResourceOf<typeof Team>;
