import { defineKind, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const wantedBy = z.string().max(253).regex(new RegExp(NAME_PATTERN)).optional();
const reason = z.string().min(1).max(100).describe('What it is needed for; a grant must have this purpose.');

export const AgentCapabilityRequirement = defineKind({
  kind: 'AgentCapabilityRequirement',
  plural: 'agentcapabilityrequirements',
  area: 'agents',
  storage: 'record',
  summary: 'What an agent needs to be allowed before it can start, worked out from all it refers to.',
  writableBy: 'system',
  spec: z.object({
    ownerRef: z
      .object({
        kind: z
          .enum(['AgentStack', 'AgentSubagent', 'AgentMcpServer', 'AgentSkill', 'AgentTriggerRule'])
          .describe('Its kind.'),
        name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name.'),
      })
      .describe('Whose needs these are.'),
    requiredRoles: z.array(z.string().min(1).max(253)).max(50).describe('Roles its identity must have.'),
    requiredSecretRefs: z
      .array(
        z.object({
          reason,
          name: ref('Secret').describe('The secret.'),
          key: z.string().min(1).max(253).describe('The key in it.'),
          toolRef: wantedBy.describe('The tool or server that wants it.'),
        }),
      )
      .max(100)
      .default([])
      .describe('Keys of secrets it must be granted.'),
    requiredConfigRefs: z
      .array(
        z.object({
          reason,
          name: ref('ConfigMap').describe('The config map.'),
          key: z.string().min(1).max(253).describe('The key in it.'),
          skillRef: wantedBy.describe('The skill that wants it.'),
        }),
      )
      .max(100)
      .default([])
      .describe('Keys of config maps it must be granted.'),
  }),
  status: z.object({
    missingGrants: z
      .array(
        z.object({
          kind: z.string().describe('The kind of grant that is missing.'),
          reason: z.string().describe('Why, in one word.'),
          message: z.string().describe('Why, in a sentence. Names, never values.'),
        }),
      )
      .optional()
      .describe('What is still to be granted.'),
  }),
  conditions: {
    RequirementsDiscovered: ['Discovered', 'OwnerMissing', 'Incomplete'],
    GrantsResolved: [
      'AllGranted',
      'NoneRequired',
      'MissingSecretGrant',
      'MissingConfigGrant',
      'MissingRoleBinding',
    ],
    Ready: ['Satisfied', 'GrantsMissing', 'OwnerMissing'],
  },
  immutable: ['spec.ownerRef'],
  selectableFields: ['spec.ownerRef.kind', 'spec.ownerRef.name'],
  columns: [
    { name: 'Owner Kind', path: 'spec.ownerRef.kind' },
    { name: 'Owner', path: 'spec.ownerRef.name' },
    { name: 'Granted', condition: 'GrantsResolved' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentCapabilityRequirement',
      metadata: { name: 'fixer', namespace: 'krate-org-acme' },
      spec: {
        ownerRef: { kind: 'AgentStack', name: 'fixer' },
        requiredRoles: ['krate-agent-repository-repair'],
        requiredSecretRefs: [{ reason: 'model-provider-token', name: 'model-key', key: 'apiKey' }],
        requiredConfigRefs: [
          {
            reason: 'skill-config',
            name: 'npm-test-policy',
            key: 'allowed-scripts.json',
            skillRef: 'ci-diagnosis',
          },
        ],
      },
    },
  ],
});
export type AgentCapabilityRequirement = ResourceOf<typeof AgentCapabilityRequirement>;
