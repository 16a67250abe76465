import { defineKind, moment, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { brainPath } from '../fields';

export const AgentMemoryAssociation = defineKind({
  kind: 'AgentMemoryAssociation',
  plural: 'agentmemoryassociations',
  area: 'memory',
  storage: 'config',
  summary:
    'Says that a memory is about a repository, a team, an agent or another object here, so that it is found first.',
  writableBy: 'maintainer',
  spec: z.object({
    memoryRepository: ref('AgentMemoryRepository')
      .optional()
      .describe('The brain. Absent: the organization’s only one.'),
    memoryRef: z
      .object({
        id: z
          .string()
          .max(253)
          .regex(/^[a-z][a-z0-9-]*:[^\s]+$/)
          .optional()
          .describe('Id of the record: `runbook:ci-cache`.'),
        path: brainPath().optional().describe('File of the record or page, for what has no id.'),
      })
      .describe('The memory: by its id, or else by its path.'),
    targetRef: z
      .object({
        kind: z
          .string()
          .regex(/^[A-Z][A-Za-z0-9]{0,62}$/)
          .describe('Kind of the object: `Repository`, `Team`, `AgentStack`, `Issue`, `PullRequest`.'),
        name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name, in this organization.'),
      })
      .describe('What the memory is about.'),
    relationship: z
      .enum([
        'documents',
        'implements',
        'depends_on',
        'supersedes',
        'owned_by',
        'applies_to_repo',
        'applies_to_stack',
        'mentions',
        'derived_from',
        'requires_secret',
        'requires_config',
        'safe_for_trigger',
        'resolved_by',
        'learned_from',
      ])
      .describe('How the two relate, read from the memory to the object.'),
    weight: z.int().min(0).max(100).default(50).describe('How much it helps to be found; 100 comes first.'),
    note: z.string().max(1000).optional().describe('Why, for those who wonder.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Active', 'Dangling']).optional().describe('Whether both ends exist.'),
    verifiedAt: moment().optional().describe('When both were last seen.'),
  }),
  conditions: { Ready: ['Active', 'MemoryMissing', 'TargetMissing', 'MemoryRepositoryMissing', 'Ambiguous'] },
  immutable: ['spec.memoryRef', 'spec.targetRef'],
  selectableFields: [
    'spec.memoryRepository',
    'spec.targetRef.kind',
    'spec.targetRef.name',
    'spec.relationship',
  ],
  columns: [
    { name: 'Memory', path: 'spec.memoryRef.id' },
    { name: 'Relationship', path: 'spec.relationship' },
    { name: 'Kind', path: 'spec.targetRef.kind' },
    { name: 'Target', path: 'spec.targetRef.name' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemoryAssociation',
      metadata: { name: 'ci-cache-applies-to-web', namespace: 'krate-org-acme' },
      spec: {
        memoryRepository: 'company-brain',
        memoryRef: { id: 'runbook:ci-cache', path: 'runbooks/ci/cache.md' },
        targetRef: { kind: 'Repository', name: 'web' },
        relationship: 'applies_to_repo',
        note: 'Its pipeline fills the cache that the runbook is about.',
      },
    },
  ],
});
export type AgentMemoryAssociation = ResourceOf<typeof AgentMemoryAssociation>;
