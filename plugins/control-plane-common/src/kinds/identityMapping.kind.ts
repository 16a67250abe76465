import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const IdentityMapping = defineKind({
  kind: 'IdentityMapping',
  plural: 'identitymappings',
  area: 'control-plane',
  storage: 'config',
  summary: 'Joins a login to the User it is in this organization.',
  writableBy: 'admin',
  spec: z.object({
    user: ref('User').describe('Who the login is.'),
    provider: z
      .string()
      .max(63)
      .describe(
        '`backstage` for the portal’s own user name; otherwise the id of a sign-in provider (`github`, `oidc`).',
      ),
    subject: z.string().min(1).max(254).describe('The login’s stable name at that provider.'),
  }),
  status: z.object({
    phase: z
      .enum(['Synced', 'Pending'])
      .optional()
      .describe('`Synced`: it counts. `Pending`: there is no such user, or an older mapping has the login.'),
  }),
  conditions: { Ready: ['UserResolved', 'UserMissing', 'SubjectTaken'] },
  immutable: ['spec.provider', 'spec.subject'],
  columns: [
    { name: 'User', path: 'spec.user' },
    { name: 'Provider', path: 'spec.provider' },
    { name: 'Subject', path: 'spec.subject' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'IdentityMapping',
      metadata: { name: 'ada', namespace: 'krate-org-acme' },
      spec: { user: 'ada', provider: 'backstage', subject: 'ada' },
    },
  ],
});
export type IdentityMapping = ResourceOf<typeof IdentityMapping>;
