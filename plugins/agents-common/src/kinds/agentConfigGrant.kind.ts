import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { grantReach, grantSubject, REQUIRED_APPROVAL } from './shapes';

export const AgentConfigGrant = defineKind({
  kind: 'AgentConfigGrant',
  plural: 'agentconfiggrants',
  area: 'agents',
  storage: 'config',
  summary: 'Lets one subject use named keys of one config map for one purpose.',
  writableBy: 'admin',
  spec: z.object({
    subject: grantSubject
      .extend({
        stackRef: ref('AgentStack')
          .optional()
          .describe('Only when this stack uses the tool, skill or server.'),
        serviceAccountRef: ref('AgentServiceAccount').optional().describe('Only under this identity.'),
      })
      .describe('Who may use it.'),
    configMapRef: z
      .object({
        name: ref('ConfigMap').describe('The config map.'),
        keys: z.array(z.string().min(1).max(253)).min(1).max(50).describe('The keys of it that are granted.'),
      })
      .describe('What may be used.'),
    purpose: z
      .enum([
        'skill-config',
        'tool-config',
        'mcp-config',
        'runner-config',
        'prompt-template',
        'repository-policy',
      ])
      .describe('What for; the grant serves nothing else.'),
    ...grantReach,
    mountPolicy: z
      .enum(['env', 'file', 'api-read'])
      .default('file')
      .describe('How the program gets the values; `api-read`: it asks for them.'),
    requiredApproval: z
      .enum(REQUIRED_APPROVAL)
      .default('never')
      .describe('When a person must agree before the run starts.'),
    revoked: z.boolean().default(false).describe('Takes the grant back and keeps its record.'),
  }),
  status: z.object({
    phase: z.enum(['Active', 'Pending', 'Revoked']).optional().describe('Whether it serves now.'),
  }),
  conditions: {
    ConfigMapExists: ['Found', 'ConfigMapMissing'],
    KeysExist: ['Found', 'KeyMissing', 'ConfigMapMissing'],
    SubjectAuthorized: ['SubjectFound', 'SubjectMissing'],
    Ready: ['Active', 'Revoked', 'ConfigMapMissing', 'KeyMissing', 'SubjectMissing'],
  },
  selectableFields: ['spec.subject.name', 'spec.configMapRef.name'],
  columns: [
    { name: 'Subject', path: 'spec.subject.name' },
    { name: 'Config Map', path: 'spec.configMapRef.name' },
    { name: 'Purpose', path: 'spec.purpose' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentConfigGrant',
      metadata: { name: 'fixer-npm-config', namespace: 'krate-org-acme' },
      spec: {
        subject: { kind: 'agent-stack', name: 'fixer' },
        configMapRef: { name: 'npm-test-policy', keys: ['allowed-scripts.json'] },
        purpose: 'repository-policy',
        allowedRepositories: ['web'],
      },
    },
  ],
});
export type AgentConfigGrant = ResourceOf<typeof AgentConfigGrant>;
