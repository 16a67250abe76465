import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentServiceAccount = defineKind({
  kind: 'AgentServiceAccount',
  plural: 'agentserviceaccounts',
  area: 'agents',
  storage: 'config',
  summary: 'The identity an agent runs as, and which repositories and pools it may use.',
  writableBy: 'admin',
  spec: z.object({
    namespace: z
      .string()
      .max(63)
      .optional()
      .describe('Where the native account lives; default: this namespace.'),
    serviceAccountName: z.string().max(253).describe('Name of the native account it stands for.'),
    allowedRepositories: z.array(ref('Repository')).default([]).describe('Empty: none.'),
    allowedRunnerPools: z.array(ref('RunnerPool')).default([]).describe('Empty: any.'),
    tokenExpirationSeconds: z
      .int()
      .min(600)
      .max(604_800)
      .default(86_400)
      .describe('How long a token of the native account is good for, in seconds.'),
  }),
  status: z.object({
    phase: z
      .enum(['Ready', 'Pending'])
      .optional()
      .describe('Whether it can be used; `Pending`: a repository it names does not exist.'),
  }),
  conditions: { Ready: ['Usable', 'RepositoryMissing'] },
  columns: [
    { name: 'Account', path: 'spec.serviceAccountName' },
    { name: 'Repositories', path: 'spec.allowedRepositories' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentServiceAccount',
      metadata: { name: 'fixer', namespace: 'krate-org-acme' },
      spec: { serviceAccountName: 'fixer', allowedRepositories: ['web'] },
    },
  ],
});
export type AgentServiceAccount = ResourceOf<typeof AgentServiceAccount>;
