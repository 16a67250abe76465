import { defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { commit } from '../fields';

export const AgentMemoryRepository = defineKind({
  kind: 'AgentMemoryRepository',
  plural: 'agentmemoryrepositories',
  shortNames: ['brain', 'brains'],
  area: 'memory',
  storage: 'config',
  summary:
    'The git repository that an organization’s agents remember in: its branch, its layout, its indexes.',
  writableBy: 'admin',
  spec: z.object({
    repositoryRef: ref('Repository').describe('The repository that holds the brain. Fixed for life.'),
    defaultBranch: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^-\s~^:?*[\\][^\s~^:?*[\\]*$/)
      .describe('The branch whose head is what is known now: `main`.'),
    layoutProfile: z
      .enum(['atlas-md-yaml-v1'])
      .describe(
        'Where things lie in it. `atlas-md-yaml-v1`: typed YAML records in `graph`, Markdown beside them, the schema in `ontology`.',
      ),
    rootPath: z
      .string()
      .max(200)
      .regex(/^[^/\s][^\s]*$/)
      .default('.company-brain')
      .describe('Folder of the brain in the repository; every other path is relative to it.'),
    visibility: z
      .enum(['organization', 'sources-only'])
      .default('organization')
      .describe(
        '`organization`: every member reads all of it. `sources-only`: only through an AgentMemorySource.',
      ),
    managedByKrate: z
      .boolean()
      .default(true)
      .describe('Krate makes the folders and a first ontology where they are missing.'),
    indexPolicy: z
      .object({
        buildGraphIndex: z
          .boolean()
          .default(true)
          .describe('Index the records and their edges; graph queries need it.'),
        buildSearchManifest: z.boolean().default(true).describe('Index the words of the Markdown pages.'),
        buildOntologyReport: z
          .boolean()
          .default(true)
          .describe('Say where records do not keep to the ontology.'),
      })
      .default({ buildGraphIndex: true, buildSearchManifest: true, buildOntologyReport: true })
      .describe(
        'What is built anew after each change. Indexes can always be rebuilt and never decide anything.',
      ),
    retentionPolicy: z
      .object({
        maxAgeDays: z
          .int()
          .min(1)
          .max(36_500)
          .default(90)
          .describe('How long imported runs and sessions are kept.'),
        maxSizeMb: z
          .int()
          .min(1)
          .max(1_000_000)
          .default(500)
          .describe('Megabytes of them, the oldest go first.'),
      })
      .default({ maxAgeDays: 90, maxSizeMb: 500 })
      .describe('How long raw memories of runs stay. Records, pages and lessons stay for ever.'),
    whenInvalid: z
      .enum(['warn', 'block'])
      .default('warn')
      .describe(
        'While the ontology is invalid. `warn`: it is still read, nothing is merged. `block`: it is not read either.',
      ),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Bootstrapping', 'Indexing', 'Ready', 'Degraded', 'Failed'])
      .optional()
      .describe('How it stands.'),
    currentCommit: commit().optional().describe('Head of the branch when it was last looked at.'),
    indexedCommit: commit().optional().describe('The commit the indexes were built from.'),
    indexedAt: moment().optional().describe('When they were built.'),
    indexDigest: digest().optional().describe('Digest of the indexes.'),
    ontologyDigest: digest().optional().describe('Digest of the ontology they were built with.'),
    records: z.int().min(0).optional().describe('Typed records in it.'),
    edges: z.int().min(0).optional().describe('Edges between them.'),
    documents: z.int().min(0).optional().describe('Markdown pages in it.'),
    problems: z.int().min(0).optional().describe('Findings of the last ontology report.'),
    importsAwaitingReview: z.int().min(0).optional().describe('Imports that wait for a person.'),
    updatesAwaitingReview: z.int().min(0).optional().describe('Updates that wait for a person.'),
  }),
  conditions: {
    RepositoryReady: ['Ready', 'RepositoryMissing', 'BranchMissing', 'MemoryRepositoryUnavailable'],
    LayoutValid: ['Valid', 'Bootstrapping', 'MemoryLayoutInvalid'],
    Indexed: ['Current', 'Building', 'Stale', 'Failed'],
    OntologyValid: ['Valid', 'Invalid', 'Missing'],
    Ready: ['Ready', 'RepositoryNotReady', 'LayoutInvalid', 'OntologyInvalid', 'Indexing'],
  },
  immutable: ['spec.repositoryRef', 'spec.layoutProfile'],
  selectableFields: ['spec.repositoryRef'],
  columns: [
    { name: 'Repository', path: 'spec.repositoryRef' },
    { name: 'Branch', path: 'spec.defaultBranch' },
    { name: 'Records', path: 'status.records', type: 'integer' },
    { name: 'Documents', path: 'status.documents', type: 'integer', priority: 1 },
    { name: 'Commit', path: 'status.currentCommit', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { type: 'memory-repository' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemoryRepository',
      metadata: { name: 'company-brain', namespace: 'krate-org-acme' },
      spec: {
        repositoryRef: 'company-brain',
        defaultBranch: 'main',
        layoutProfile: 'atlas-md-yaml-v1',
        retentionPolicy: { maxAgeDays: 180, maxSizeMb: 500 },
      },
    },
  ],
  docs: `One for each organization is usual. It is an ordinary repository: people change it with pull requests, agents with an
AgentMemoryUpdate, and nothing writes to it straight from a workspace.`,
});
export type AgentMemoryRepository = ResourceOf<typeof AgentMemoryRepository>;
