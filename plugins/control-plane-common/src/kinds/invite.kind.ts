import { defineKind, ref, ResourceOf, ROLES } from '@krate/resource-model';
import { z } from 'zod';

export const Invite = defineKind({
  kind: 'Invite',
  plural: 'invites',
  area: 'control-plane',
  storage: 'config',
  summary: 'An open invitation of one person to the organization, with a role and teams.',
  writableBy: 'admin',
  readableBy: 'maintainer',
  spec: z.object({
    email: z.email().max(254).describe('The address of the person it is for.'),
    displayName: z.string().min(1).max(120).optional().describe('What to call the person until they say.'),
    role: z
      .enum(ROLES)
      .default('developer')
      .describe('The role in the organization that accepting it gives.'),
    teams: z.array(ref('Team')).max(50).default([]).describe('Teams that accepting it joins.'),
    message: z.string().max(2000).optional().describe('A few words for the person.'),
    expiresAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('It cannot be accepted after this; by default seven days after it was made.'),
    revoked: z.boolean().default(false).describe('Takes it back. One that was accepted stays accepted.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Accepted', 'Expired', 'Revoked'])
      .optional()
      .describe('Where it stands; all but `Pending` are final.'),
    expiresAt: z.string().optional().describe('When it ends, the default included.'),
    user: ref('User').optional().describe('The User that accepting it made.'),
    acceptedBy: z.string().optional().describe('The sign-in that accepted it.'),
    acceptedAt: z.string().optional().describe('When it was accepted.'),
  }),
  conditions: {
    TeamsResolved: ['TeamsFound', 'TeamMissing'],
    Accepted: ['Accepted', 'AwaitingAnswer', 'Expired', 'Revoked'],
    Ready: ['Open', 'Accepted', 'Expired', 'Revoked', 'TeamMissing'],
  },
  immutable: ['spec.email'],
  selectableFields: ['spec.email', 'status.phase'],
  columns: [
    { name: 'Email', path: 'spec.email' },
    { name: 'Role', path: 'spec.role' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Expires', path: 'status.expiresAt', type: 'date' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Invite',
      metadata: { name: 'grace', namespace: 'krate-org-acme' },
      spec: { email: 'grace@acme.example', role: 'developer', teams: ['reviewers'] },
    },
  ],
  docs: `The object carries no code: the portal makes its link, which works once, is shown once to whoever made it, and is kept
as a hash beside the object. Accepting it, as somebody who is signed in or as somebody new, makes the User, the login and the
role. Who made it is in the annotation \`krate.a5c.ai/created-by\`, and must still be admin when it is accepted.`,
});
export type Invite = ResourceOf<typeof Invite>;
