import { defineKind, NAME_PATTERN, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentRoleBinding = defineKind({
  kind: 'AgentRoleBinding',
  plural: 'agentrolebindings',
  shortNames: ['arb'],
  area: 'control-plane',
  storage: 'config',
  summary: 'Gives a role to a user, a team or an agent’s identity.',
  writableBy: 'admin',
  spec: z.object({
    subject: z
      .object({
        kind: z
          .enum(['User', 'Team', 'AgentServiceAccount', 'AgentStack'])
          .describe('A team’s role goes to all its members.'),
        name: z
          .string()
          .max(253)
          .regex(new RegExp(NAME_PATTERN))
          .describe('Name of that object, in the same namespace.'),
      })
      .describe('Whom the role is given to.'),
    scope: z
      .object({
        kind: z
          .enum(['repository', 'namespace', 'organization', 'cluster'])
          .describe(
            '`organization` and `namespace`: all of the organization. `repository`: one; for agents only.',
          ),
        name: z.string().max(253).optional().describe('The repository, for scope `repository`.'),
      })
      .describe('Where the role holds.'),
    roleRef: z
      .object({
        kind: z.enum(['Role']).default('Role').describe('Always `Role`.'),
        name: z
          .string()
          .describe(
            '`viewer`, `developer`, `maintainer`, `admin` for people; `krate-agent-…` templates for agents.',
          ),
      })
      .describe('The role that is given.'),
    escalationPolicy: z
      .enum(['deny', 'require-admin-approval', 'allow-if-owner'])
      .default('deny')
      .describe('Recorded only: whatever it says, nobody can give a role greater than their own.'),
  }),
  status: z.object({
    phase: z
      .enum(['Active', 'Pending', 'Denied'])
      .optional()
      .describe(
        '`Pending`: the subject does not exist. `Denied`: the role is unknown, or the scope is not allowed here.',
      ),
  }),
  conditions: {
    RoleResolved: ['RoleKnown', 'RoleUnknown'],
    SubjectsResolved: ['SubjectFound', 'SubjectMissing'],
    EscalationAdmitted: ['NotEscalating', 'Escalating'],
    Ready: ['Bound', 'RoleUnknown', 'SubjectMissing', 'Escalating'],
  },
  columns: [
    { name: 'Subject Kind', path: 'spec.subject.kind' },
    { name: 'Subject', path: 'spec.subject.name' },
    { name: 'Role', path: 'spec.roleRef.name' },
    { name: 'Scope', path: 'spec.scope.kind' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentRoleBinding',
      metadata: { name: 'reviewers-maintain', namespace: 'krate-org-acme' },
      spec: {
        subject: { kind: 'Team', name: 'reviewers' },
        scope: { kind: 'organization' },
        roleRef: { name: 'maintainer' },
      },
    },
  ],
  docs: `Scope \`cluster\` is only valid in \`krate-system\`, where a User binding with role \`admin\` makes a platform administrator.
Nobody can give a role greater than their own.`,
});
export type AgentRoleBinding = ResourceOf<typeof AgentRoleBinding>;
