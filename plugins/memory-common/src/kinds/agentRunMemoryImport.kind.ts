import { decisionFields, defineKind, digest, moment, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { brainPath } from '../fields';

export const AgentRunMemoryImport = defineKind({
  kind: 'AgentRunMemoryImport',
  plural: 'agentrunmemoryimports',
  area: 'memory',
  storage: 'record',
  summary:
    'The guarded way of a finished run into memory: collected, blacked out, normalized, validated, reviewed, merged.',
  writableBy: 'developer',
  author: 'spec.requestedBy',
  spec: z.object({
    memoryRepository: ref('AgentMemoryRepository').describe('The brain it should go to.'),
    source: z
      .object({
        kind: z.enum(['babysitter-run', 'agent-session', 'dispatch-run']).describe('What is imported.'),
        runId: z.string().min(1).max(253).optional().describe('Id of the run, for `babysitter-run`.'),
        a5cRunPath: z
          .string()
          .max(1000)
          .regex(/^[^/\s][^\s]*$/)
          .optional()
          .describe('Where it lies in its repository: `.a5c/runs/<id>`. Nothing outside of it is read.'),
        repositoryRef: ref('Repository').optional().describe('The repository it was about.'),
        dispatchRun: ref('AgentDispatchRun').optional().describe('The run, for `dispatch-run`.'),
        sessionRef: ref('AgentSession').optional().describe('The session, for `agent-session`.'),
      })
      .describe('Where it comes from; of this organization.'),
    include: z
      .object({
        memoryMd: z.boolean().default(true).describe('What it added to its notes file.'),
        sessionSummary: z.boolean().default(true).describe('A summary of the conversation.'),
        journal: z
          .enum(['none', 'curated', 'full-redacted'])
          .default('curated')
          .describe(
            '`curated`: the events that matter. `full-redacted`: every event, blacked out; always reviewed.',
          ),
        taskResults: z.boolean().default(true).describe('Summaries of its tasks.'),
        artifactManifests: z
          .boolean()
          .default(true)
          .describe('Which artifacts it made, by digest; never their bytes.'),
        retrospectives: z.boolean().default(true).describe('What was learned, if somebody wrote it down.'),
      })
      .describe('Which parts of it.'),
    targetPath: brainPath()
      .optional()
      .describe(
        'Where it should go, below the root of the brain: `babysitter/runs/<id>`. Absent: by the layout.',
      ),
    validationPolicy: z
      .object({
        redactSecrets: z
          .literal(true)
          .default(true)
          .describe('Always `true`: what looks like a secret is blacked out.'),
        requireReview: z
          .boolean()
          .default(true)
          .describe('A person must agree, however sure the checks are.'),
        detectPromptInjection: z
          .boolean()
          .default(true)
          .describe('Text that reads like an order to an agent is held back.'),
        requireOntologyValid: z.boolean().default(true).describe('Its records must keep to the ontology.'),
        confidenceThreshold: z
          .number()
          .min(0)
          .max(1)
          .default(0.8)
          .describe('An entry below it is reviewed by a person.'),
      })
      .default({
        redactSecrets: true,
        requireReview: true,
        detectPromptInjection: true,
        requireOntologyValid: true,
        confidenceThreshold: 0.8,
      })
      .describe('What must hold before it is merged.'),
    retentionTier: z
      .enum(['summary-only', 'curated-journal', 'full-journal-redacted', 'artifact-manifest-only'])
      .default('summary-only')
      .describe('The most that is kept of it for good, whatever `include` asks for.'),
    allowActiveRun: z.boolean().default(false).describe('Import the summary of a run that is not over yet.'),
    requestedBy: z
      .string()
      .max(253)
      .optional()
      .describe('Who asked for it; set by the server from the caller.'),
    ...decisionFields(['approve', 'reject']),
  }),
  status: z.object({
    phase: z
      .enum([
        'Collected',
        'Redacting',
        'Normalizing',
        'Validating',
        'AwaitingReview',
        'Approved',
        'Rejected',
        'Merged',
        'Failed',
      ])
      .optional()
      .describe('Where it is. Absent: it has not begun. `Rejected`, `Merged` and `Failed` are final.'),
    sourceDigest: digest()
      .optional()
      .describe('Digest of what was collected; the same is not imported twice.'),
    collectedAt: moment().optional().describe('When it was collected.'),
    rawEntries: z.int().min(0).optional().describe('How many facts were collected.'),
    redaction: z
      .object({
        count: z.int().min(0).describe('Places that were blacked out.'),
        rules: z.array(z.string()).optional().describe('Which rules struck.'),
        digest: digest().optional().describe('Digest of the report.'),
      })
      .optional()
      .describe('What was blacked out, as numbers only.'),
    normalizedEntries: z.int().min(0).optional().describe('How many entries it became.'),
    duplicates: z.int().min(0).optional().describe('How many of them memory had already.'),
    ontologyTerms: z
      .array(z.string())
      .optional()
      .describe('Kinds that it uses and that the ontology does not have yet.'),
    flaggedEntries: z
      .array(
        z.object({
          path: z.string().describe('The file it would become.'),
          reason: z
            .enum(['low-confidence', 'novel-term', 'sensitive-reference', 'prompt-injection', 'conflict'])
            .describe('Why a person should look.'),
          confidence: z.number().min(0).max(1).optional().describe('How sure the checks are of it.'),
        }),
      )
      .max(200)
      .optional()
      .describe('What a person should look at.'),
    validationErrors: z.array(z.string()).max(200).optional().describe('Why it cannot be merged as it is.'),
    validationReportDigest: digest().optional().describe('Digest of the report of the checks.'),
    reviewRequestedAt: moment().optional().describe('Since when it waits for a person.'),
    generatedFiles: z
      .array(
        z.object({
          path: z.string().describe('The file.'),
          digest: digest().describe('Digest of it.'),
        }),
      )
      .max(1000)
      .optional()
      .describe('What would be, or was, written.'),
    targetBranch: z.string().optional().describe('The branch it is on.'),
    pullRequest: ref('PullRequest').optional().describe('Its pull request.'),
    createdAssociations: z
      .array(ref('AgentMemoryAssociation'))
      .optional()
      .describe('The associations that it made.'),
    mergedAt: moment().optional().describe('When it was merged.'),
    mergedEntryCount: z.int().min(0).optional().describe('How many entries were merged.'),
  }),
  conditions: {
    SourceResolved: ['Resolved', 'SourceMissing', 'RunActive', 'PathOutsideRun'],
    OrgScopeVerified: ['SameOrganization', 'ForeignOrganization'],
    SecretsRedacted: ['NoSecretsDetected', 'Redacted', 'RedactionTooBroad'],
    PromptInjectionScanned: ['Clean', 'Suspicious', 'Disabled'],
    OntologyValid: ['Valid', 'Invalid', 'NovelTerms'],
    ReviewReady: ['Ready', 'NotRequired', 'Preparing'],
    MemoryMerged: ['Merged', 'AlreadyMerged', 'AwaitingReview', 'Rejected', 'Conflict'],
    Ready: [
      'Merged',
      'InProgress',
      'AwaitingReview',
      'Rejected',
      'RedactionTooBroad',
      'ValidationFailed',
      'Failed',
    ],
  },
  immutable: [
    'spec.memoryRepository',
    'spec.source',
    'spec.include',
    'spec.targetPath',
    'spec.validationPolicy',
    'spec.allowActiveRun',
    'spec.requestedBy',
  ],
  selectableFields: ['spec.memoryRepository', 'spec.source.runId', 'spec.source.dispatchRun', 'status.phase'],
  actions: {
    approve: {
      field: 'spec.decision',
      by: 'spec.decidedBy',
      at: 'spec.decidedAt',
      with: ['spec.comment'],
      role: 'maintainer',
    },
  },
  columns: [
    { name: 'Brain', path: 'spec.memoryRepository' },
    { name: 'Source', path: 'spec.source.kind' },
    { name: 'Run', path: 'spec.source.runId' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Entries', path: 'status.normalizedEntries', type: 'integer' },
    { name: 'Decided By', path: 'spec.decidedBy', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentRunMemoryImport',
      metadata: { name: 'import-01kr', namespace: 'krate-org-acme' },
      spec: {
        memoryRepository: 'company-brain',
        source: {
          kind: 'babysitter-run',
          runId: '01KR1ZCPQVVPJAJDNBQHGPWZZY',
          a5cRunPath: '.a5c/runs/01KR1ZCPQVVPJAJDNBQHGPWZZY',
          repositoryRef: 'web',
        },
        include: {
          memoryMd: true,
          sessionSummary: true,
          journal: 'curated',
          taskResults: true,
          artifactManifests: true,
        },
        targetPath: 'babysitter/runs/01KR1ZCPQVVPJAJDNBQHGPWZZY',
        validationPolicy: { requireReview: true },
      },
    },
  ],
  docs: `Answer by setting \`spec.decision\` while the phase is \`AwaitingReview\`. Without a forced review, an import whose entries are all
sure, known to the ontology and harmless approves itself. What was blacked out is only ever counted.`,
});
export type AgentRunMemoryImport = ResourceOf<typeof AgentRunMemoryImport>;
