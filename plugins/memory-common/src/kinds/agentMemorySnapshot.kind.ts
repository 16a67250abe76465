import { defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { commit, REF_MODES } from '../fields';

export const AgentMemorySnapshot = defineKind({
  kind: 'AgentMemorySnapshot',
  plural: 'agentmemorysnapshots',
  area: 'memory',
  storage: 'record',
  summary: 'The memory as one run saw it: one commit, and digests of everything that was picked from it.',
  writableBy: 'system',
  spec: z.object({
    memoryRepository: ref('AgentMemoryRepository').describe('The brain.'),
    requestedRef: z
      .string()
      .min(1)
      .max(253)
      .describe('What was asked for: a branch, a tag, a commit or a moment.'),
    resolvedCommit: commit().describe('The commit it was.'),
    refResolution: z
      .object({
        mode: z
          .enum(REF_MODES)
          .describe(
            '`current`: head of the branch. `explicit-ref`: a branch, tag or commit. `ref-at-time`: the newest approved commit at `requestedAt`. `snapshot-tag`: a tag of an earlier snapshot.',
          ),
        requestedAt: moment().optional().describe('The moment asked for, with `ref-at-time`.'),
        resolvedRef: z.string().max(253).optional().describe('The full ref that led to the commit.'),
        staleBySeconds: z.int().min(0).optional().describe('How far the head was ahead by then, in seconds.'),
      })
      .default({ mode: 'current' })
      .describe('How the commit was found.'),
    dispatchRun: ref('AgentDispatchRun').optional().describe('The run it was made for.'),
    sources: z.array(ref('AgentMemorySource')).max(100).default([]).describe('The sources that let it read.'),
    queryManifestDigest: digest().optional().describe('Digest of what was asked.'),
    selectedRecordsDigest: digest().optional().describe('Digest of the records that were picked.'),
    selectedDocumentsDigest: digest().optional().describe('Digest of the pages that were picked.'),
    selectedExcerptsDigest: digest().optional().describe('Digest of the excerpts that were picked.'),
    ontologyDigest: digest().optional().describe('Digest of the ontology at that commit.'),
    indexDigest: digest().optional().describe('Digest of the indexes that were used.'),
    recordCount: z.int().min(0).default(0).describe('Records that were picked.'),
    documentCount: z.int().min(0).default(0).describe('Pages that were picked.'),
    bytes: z.int().min(0).optional().describe('Bytes of it that went into the task.'),
    truncated: z.boolean().default(false).describe('There was more than the sources allow.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pinned', 'KnownBad'])
      .optional()
      .describe(
        '`KnownBad`: something in it turned out to be wrong; it is kept to explain the runs that read it.',
      ),
    knownBadReason: z.string().optional().describe('What was wrong.'),
    superseded: z.boolean().optional().describe('The brain moved on since.'),
  }),
  conditions: {
    Resolved: ['CommitFound', 'CommitGone'],
    Trusted: ['Trusted', 'KnownBad'],
  },
  immutable: ['spec'],
  selectableFields: ['spec.memoryRepository', 'spec.dispatchRun', 'spec.resolvedCommit', 'status.phase'],
  columns: [
    { name: 'Brain', path: 'spec.memoryRepository' },
    { name: 'Run', path: 'spec.dispatchRun' },
    { name: 'Ref', path: 'spec.requestedRef' },
    { name: 'Commit', path: 'spec.resolvedCommit' },
    { name: 'Records', path: 'spec.recordCount', type: 'integer' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemorySnapshot',
      metadata: { name: 'fix-x7k2p-memory', namespace: 'krate-org-acme' },
      spec: {
        memoryRepository: 'company-brain',
        requestedRef: 'main',
        resolvedCommit: '1f3870be274f6c49b3e31a0c6728957f1a2b3c4d',
        refResolution: { mode: 'current', resolvedRef: 'refs/heads/main', staleBySeconds: 0 },
        dispatchRun: 'fix-x7k2p',
        sources: ['web-ci-memory'],
        queryManifestDigest: 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
        recordCount: 4,
        documentCount: 1,
        bytes: 9_412,
      },
    },
  ],
  docs: `Made at the dispatch and never changed: a retry reads the same snapshot, so that it can be compared with the first attempt.
Reading newer memory is asked for, and makes a new one.`,
});
export type AgentMemorySnapshot = ResourceOf<typeof AgentMemorySnapshot>;
