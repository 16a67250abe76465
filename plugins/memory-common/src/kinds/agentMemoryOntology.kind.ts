import { defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { brainPath, commit, term } from '../fields';

export const AgentMemoryOntology = defineKind({
  kind: 'AgentMemoryOntology',
  plural: 'agentmemoryontologies',
  area: 'memory',
  storage: 'config',
  summary: 'Where the schema of a brain stands, what records must say, and whether they do.',
  writableBy: 'maintainer',
  spec: z.object({
    memoryRepository: ref('AgentMemoryRepository').describe('The brain it is the schema of.'),
    ontologyPath: brainPath().describe('Folder with the schema, below the root of the brain: `ontology`.'),
    nodeKindsFile: brainPath().default('node-kinds.yaml').describe('File in it with the kinds of records.'),
    allowedEdgeKindsRef: brainPath()
      .default('edge-kinds.yaml')
      .describe('File in it with the kinds of edges, and between which kinds they may run.'),
    controlledVocabularyRef: brainPath()
      .default('controlled-vocabulary.yaml')
      .describe('File in it with the words that tags and statuses are taken from.'),
    validationRulesRef: brainPath()
      .default('validation-rules.yaml')
      .describe('File in it with further rules.'),
    requiredFields: z
      .array(
        z.object({
          nodeKind: term().optional().describe('The kind it is about. Absent: every kind.'),
          fields: z
            .array(term())
            .min(1)
            .max(50)
            .describe('Attributes that a record must have: `owners`, `status`.'),
        }),
      )
      .max(100)
      .default([])
      .describe('What records must say, on top of what the schema asks for.'),
    strictness: z
      .enum(['report', 'block-merge'])
      .default('block-merge')
      .describe(
        'What a finding does. `report`: it is shown. `block-merge`: no update that makes one is merged.',
      ),
    staleAfterDays: z
      .int()
      .min(1)
      .max(36_500)
      .default(365)
      .describe('A record that nobody touched for this long is reported as stale.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Validating', 'Valid', 'Invalid', 'Failed'])
      .optional()
      .describe('Whether the brain keeps to it.'),
    commit: commit().optional().describe('The commit that was validated.'),
    digest: digest().optional().describe('Digest of the schema at that commit.'),
    validatedAt: moment().optional().describe('When it was validated.'),
    nodeKinds: z.array(z.string()).optional().describe('Kinds of records that it knows.'),
    edgeKinds: z.array(z.string()).optional().describe('Kinds of edges that it knows.'),
    findings: z
      .array(
        z.object({
          validator: z
            .enum(['parse', 'frontmatter', 'graph', 'edge', 'owner', 'vocabulary', 'secret', 'path', 'index'])
            .describe('Which check found it.'),
          severity: z.enum(['warning', 'error']).describe('An `error` keeps updates from being merged.'),
          path: z.string().describe('The file.'),
          line: z.int().min(1).optional().describe('The line in it.'),
          message: z.string().describe('What is wrong, and what would be right.'),
        }),
      )
      .max(200)
      .optional()
      .describe('What was found, errors first; the first 200.'),
    findingCount: z.int().min(0).optional().describe('How much was found altogether.'),
  }),
  conditions: {
    Parsed: ['Parsed', 'FileMissing', 'SyntaxError', 'MemoryRepositoryMissing'],
    RecordsValid: [
      'Valid',
      'UnknownKind',
      'FieldMissing',
      'DuplicateId',
      'DanglingEdge',
      'BadOwner',
      'SecretFound',
    ],
    Ready: ['Valid', 'Invalid', 'Validating', 'MemoryRepositoryMissing'],
  },
  immutable: ['spec.memoryRepository'],
  selectableFields: ['spec.memoryRepository'],
  columns: [
    { name: 'Brain', path: 'spec.memoryRepository' },
    { name: 'Path', path: 'spec.ontologyPath' },
    { name: 'Findings', path: 'status.findingCount', type: 'integer' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemoryOntology',
      metadata: { name: 'company-brain', namespace: 'krate-org-acme' },
      spec: {
        memoryRepository: 'company-brain',
        ontologyPath: 'ontology',
        requiredFields: [{ nodeKind: 'Runbook', fields: ['title', 'owners', 'status', 'updatedAt'] }],
        staleAfterDays: 180,
      },
    },
  ],
});
export type AgentMemoryOntology = ResourceOf<typeof AgentMemoryOntology>;
