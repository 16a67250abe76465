import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const User = defineKind({
  kind: 'User',
  plural: 'users',
  area: 'control-plane',
  storage: 'config',
  summary: 'A person’s membership in one organization.',
  writableBy: 'admin',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    email: z.email().max(254).optional().describe('Where to reach the person.'),
    disabled: z.boolean().default(false).describe('Keeps the history and takes away every right.'),
  }),
  status: z.object({
    phase: z.enum(['Active', 'Disabled']).optional().describe('`Disabled` as `spec.disabled` says.'),
    teams: z.array(z.string()).optional().describe('The teams they are a member or a maintainer of.'),
  }),
  conditions: { Ready: ['Active', 'Disabled'] },
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Email', path: 'spec.email' },
    { name: 'Phase', path: 'status.phase' },
  ],
  catalog: { as: 'User' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'User',
      metadata: { name: 'ada', namespace: 'krate-org-acme' },
      spec: { displayName: 'Ada Lovelace', email: 'ada@acme.example' },
    },
  ],
  docs: `The person behind it is one Backstage user, joined by an IdentityMapping; the same person may be a User in several
organizations. Roles come from AgentRoleBindings whose subject is the User or one of its teams.`,
});
export type User = ResourceOf<typeof User>;
