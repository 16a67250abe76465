import { defineKind, digest, moment, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { brainPaths, QUERY_MODES, term } from '../fields';

export const AgentMemoryQuery = defineKind({
  kind: 'AgentMemoryQuery',
  plural: 'agentmemoryqueries',
  area: 'memory',
  storage: 'record',
  summary: 'One question put to memory: who asked what, of which snapshot, and what came back.',
  writableBy: 'system',
  spec: z.object({
    snapshotRef: ref('AgentMemorySnapshot').describe('The snapshot that was asked.'),
    requester: z
      .object({
        kind: z.enum(['User', 'AgentDispatchRun', 'AgentSession', 'System']).describe('What asked.'),
        name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name.'),
      })
      .describe('Who asked.'),
    query: z
      .object({
        text: z.string().min(1).max(4096).describe('What was looked for.'),
        mode: z
          .enum(QUERY_MODES)
          .default('auto')
          .describe(
            '`graph`: records and edges. `grep`: lines of pages. `auto`: both. `semantic`: by meaning. `document-read`: one file.',
          ),
        kinds: z.array(term()).max(100).default([]).describe('Only records of these kinds; empty: all.'),
        paths: brainPaths('Only files that match one of these globs; empty: all.'),
        edgeDepth: z
          .int()
          .min(0)
          .max(10)
          .default(2)
          .describe('How many edges to follow from what was found.'),
        maxMatches: z.int().min(1).max(1000).default(25).describe('The most excerpts.'),
        maxRecords: z.int().min(1).max(1000).default(40).describe('The most records.'),
        maxBytes: z.int().min(1).max(10_000_000).default(64_000).describe('The most bytes of all together.'),
      })
      .describe('What was asked.'),
    context: z
      .object({
        repository: ref('Repository')
          .optional()
          .describe('The repository that the work is on; what is associated with it comes first.'),
        dispatchRun: ref('AgentDispatchRun').optional().describe('The run that the work is for.'),
      })
      .default({})
      .describe('What it was asked for.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Completed', 'Denied', 'Failed']).optional().describe('What became of it.'),
    modeUsed: z.enum(QUERY_MODES).optional().describe('How it was searched in the end.'),
    totalMatches: z.int().min(0).optional().describe('How much was found.'),
    graphCount: z.int().min(0).optional().describe('Records among it.'),
    grepCount: z.int().min(0).optional().describe('Excerpts among it.'),
    results: z
      .array(
        z.object({
          kind: z
            .enum(['memory-graph-record', 'memory-grep-excerpt', 'memory-document'])
            .describe('What it is.'),
          id: z.string().optional().describe('Id of the record.'),
          path: z.string().describe('The file.'),
          lineStart: z.int().min(1).optional().describe('First line of the excerpt.'),
          lineEnd: z.int().min(1).optional().describe('Last line of the excerpt.'),
          score: z.number().optional().describe('How well it fits; higher is better.'),
          why: z.string().optional().describe('Why it was picked, in words.'),
          digest: digest().describe('Digest of the text.'),
        }),
      )
      .max(1000)
      .optional()
      .describe('What came back, the best first; the texts are in the `result` stream of the object.'),
    resultDigest: digest().optional().describe('Digest of all of it.'),
    bytes: z.int().min(0).optional().describe('Bytes of it.'),
    truncated: z.boolean().optional().describe('There was more.'),
    omitted: z
      .int()
      .min(0)
      .optional()
      .describe('Matches that no source lets the asker read; they are only counted.'),
    redactions: z
      .int()
      .min(0)
      .optional()
      .describe('Places that were blacked out because they looked like secrets.'),
    durationMs: z.int().min(0).optional().describe('Milliseconds it took.'),
    completedAt: moment().optional().describe('When it was answered.'),
  }),
  conditions: {
    Answered: [
      'Completed',
      'Searching',
      'NothingFound',
      'SourceMissing',
      'SnapshotMissing',
      'IndexUnavailable',
      'Failed',
    ],
  },
  immutable: ['spec'],
  selectableFields: ['spec.snapshotRef', 'spec.requester.name', 'spec.context.dispatchRun', 'status.phase'],
  columns: [
    { name: 'Requester', path: 'spec.requester.name' },
    { name: 'Query', path: 'spec.query.text' },
    { name: 'Mode', path: 'status.modeUsed' },
    { name: 'Matches', path: 'status.totalMatches', type: 'integer' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Snapshot', path: 'spec.snapshotRef', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMemoryQuery',
      metadata: { name: 'fix-x7k2p-memory-q1', namespace: 'krate-org-acme' },
      spec: {
        snapshotRef: 'fix-x7k2p-memory',
        requester: { kind: 'AgentDispatchRun', name: 'fix-x7k2p' },
        query: { text: 'rounding of prices', mode: 'auto', kinds: ['Runbook', 'Decision'], edgeDepth: 2 },
        context: { repository: 'web', dispatchRun: 'fix-x7k2p' },
      },
    },
  ],
});
export type AgentMemoryQuery = ResourceOf<typeof AgentMemoryQuery>;
