import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { brainPaths, QUERY_MODES, term } from '../fields';

export const AgentMemorySource = defineKind({
  kind: 'AgentMemorySource',
  plural: 'agentmemorysources',
  area: 'memory',
  storage: 'config',
  summary: 'The grant to read memory: which paths and kinds of records, for work on what.',
  writableBy: 'admin',
  spec: z.object({
    repositoryRef: ref('AgentMemoryRepository').describe('The brain that is read.'),
    appliesTo: z
      .object({
        repositories: z
          .array(ref('Repository'))
          .max(200)
          .default([])
          .describe('Work on one of these repositories.'),
        teams: z
          .array(ref('Team'))
          .max(100)
          .default([])
          .describe('Work that a member of one of these teams dispatched.'),
        stacks: z.array(ref('AgentStack')).max(100).default([]).describe('Work of one of these agents.'),
        triggers: z
          .array(z.string().min(1).max(253))
          .max(100)
          .default([])
          .describe('Work that one of these AgentTriggerRules started.'),
      })
      .describe(
        'Whose runs may read it. Each list that is not empty has to name the run; all empty: every run of the organization.',
      ),
    include: z
      .object({
        paths: brainPaths('Globs of files below the root of the brain: `runbooks/**`. Empty: none.'),
        graphKinds: z
          .array(term())
          .max(100)
          .default([])
          .describe('Kinds of records: `Runbook`, `Decision`. Empty: none.'),
      })
      .describe('What may be read.'),
    exclude: z
      .object({
        paths: brainPaths('Globs of files that stay hidden.'),
        graphKinds: z.array(term()).max(100).default([]).describe('Kinds of records that stay hidden.'),
      })
      .default({ paths: [], graphKinds: [] })
      .describe('What stays hidden although it is included: it appears in no answer, no prompt and no log.'),
    maxSensitivity: z
      .enum(['public', 'internal', 'restricted'])
      .default('internal')
      .describe(
        'Records that are marked as more sensitive stay hidden. What is marked `secret-metadata` always does.',
      ),
    defaultQueryMode: z
      .enum(QUERY_MODES)
      .default('auto')
      .describe('How it is searched where a query does not say.'),
    maxContextBytes: z
      .int()
      .min(1000)
      .max(10_000_000)
      .default(128_000)
      .describe('The most of it that a run gets with its task, in bytes.'),
    readPolicy: z
      .object({
        mode: z
          .enum(['allow-all', 'approved-only'])
          .default('allow-all')
          .describe('`approved-only`: records whose status is `approved`. `allow-all`: drafts as well.'),
        maxDepth: z
          .int()
          .min(0)
          .max(10)
          .default(5)
          .describe('How many edges a query may follow from what it found.'),
      })
      .default({ mode: 'allow-all', maxDepth: 5 })
      .describe('How far reading goes.'),
    required: z
      .boolean()
      .default(false)
      .describe(
        'A run that should read it and cannot is not dispatched. Otherwise it goes without, and says so.',
      ),
    disabled: z.boolean().default(false).describe('Grants nothing for the time being.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Active', 'Disabled', 'Degraded'])
      .optional()
      .describe('Whether it grants something.'),
    records: z.int().min(0).optional().describe('Records it lets through now.'),
    documents: z.int().min(0).optional().describe('Pages it lets through now.'),
  }),
  conditions: {
    Ready: [
      'Active',
      'Disabled',
      'MemoryRepositoryMissing',
      'MemoryRepositoryNotReady',
      'TargetMissing',
      'KindUnknown',
      'NothingIncluded',
    ],
  },
  selectableFields: ['spec.repositoryRef'],
  columns: [
    { name: 'Brain', path: 'spec.repositoryRef' },
    { name: 'Repositories', path: 'spec.appliesTo.repositories' },
    { name: 'Paths', path: 'spec.include.paths', priority: 1 },
    { name: 'Kinds', path: 'spec.include.graphKinds', priority: 1 },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemorySource',
      metadata: { name: 'web-ci-memory', namespace: 'krate-org-acme' },
      spec: {
        repositoryRef: 'company-brain',
        appliesTo: { repositories: ['web'] },
        include: {
          paths: ['babysitter/MEMORY.md', 'babysitter/runs/**', 'runbooks/ci/**'],
          graphKinds: ['BabysitterRun', 'Runbook', 'AgentPractice', 'RunRetrospective'],
        },
        exclude: { paths: ['incidents/security/**'] },
      },
    },
  ],
  docs: `Without a source an agent reads nothing. Several sources that apply to a run add up; what any of them excludes stays hidden only
there. Paths are relative to the root of the brain.`,
});
export type AgentMemorySource = ResourceOf<typeof AgentMemorySource>;
