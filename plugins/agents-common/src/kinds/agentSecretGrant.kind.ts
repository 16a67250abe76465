import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { grantReach, grantSubject, REQUIRED_APPROVAL } from './shapes';

export const AgentSecretGrant = defineKind({
  kind: 'AgentSecretGrant',
  plural: 'agentsecretgrants',
  area: 'agents',
  storage: 'config',
  summary: 'Lets one subject use named keys of one secret for one purpose. Holds references, never a value.',
  writableBy: 'admin',
  spec: z.object({
    subject: grantSubject.describe('Who may use it.'),
    secretRef: z
      .object({
        name: ref('Secret').describe('The secret.'),
        keys: z.array(z.string().max(253)).min(1).max(50).describe('The keys of it that are granted.'),
      })
      .describe('What may be used.'),
    purpose: z
      .enum([
        'model-provider-token',
        'tool',
        'git-credential',
        'mcp-server',
        'skill',
        'webhook-signing',
        'image-pull',
        'cache',
        'deployment',
      ])
      .describe('What for; the grant serves nothing else.'),
    ...grantReach,
    mountPolicy: z
      .enum(['env', 'file', 'never-mount-pass-by-reference'])
      .default('never-mount-pass-by-reference')
      .describe(
        '`file`: a tool’s secret is put before the agent as files. Otherwise, and for a model’s key always, it stays outside.',
      ),
    requiredApproval: z
      .enum(REQUIRED_APPROVAL)
      .default('on-untrusted-ref')
      .describe('When a person must agree before the run starts; `refs/pull/*` is untrusted.'),
    revoked: z.boolean().default(false).describe('Takes the grant back and keeps its record.'),
  }),
  status: z.object({
    phase: z
      .enum(['Active', 'Pending', 'Revoked'])
      .optional()
      .describe('Whether it serves now; `Pending`: the secret, a key or the subject is missing.'),
  }),
  conditions: {
    SecretExists: ['Found', 'SecretMissing'],
    KeysExist: ['Found', 'KeyMissing', 'SecretMissing'],
    SubjectAuthorized: ['SubjectFound', 'SubjectMissing'],
    Ready: ['Active', 'Revoked', 'SecretMissing', 'KeyMissing', 'SubjectMissing'],
  },
  columns: [
    { name: 'Subject', path: 'spec.subject.name' },
    { name: 'Secret', path: 'spec.secretRef.name' },
    { name: 'Purpose', path: 'spec.purpose' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentSecretGrant',
      metadata: { name: 'fixer-model', namespace: 'krate-org-acme' },
      spec: {
        subject: { kind: 'agent-stack', name: 'fixer' },
        secretRef: { name: 'model-key', keys: ['apiKey'] },
        purpose: 'model-provider-token',
      },
    },
  ],
});
export type AgentSecretGrant = ResourceOf<typeof AgentSecretGrant>;
