import { defineKind, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const inlineComment = z.object({
  path: z.string().min(1).max(1000).describe('The file.'),
  line: z.int().min(1).describe('The line in the new file, or in the old one with side `old`.'),
  side: z.enum(['new', 'old']).default('new').describe('Which version of the file.'),
  body: z.string().min(1).max(65_536).describe('What is said, in Markdown.'),
  suggestion: z.string().max(65_536).optional().describe('What the line should be instead.'),
});

const risk = z.object({
  item: z.string().min(1).max(200).describe('What was looked at.'),
  level: z.enum(['none', 'low', 'medium', 'high']).describe('How much there is to fear.'),
  note: z.string().max(4096).optional().describe('Why.'),
});

export const AgentReviewArtifact = defineKind({
  kind: 'AgentReviewArtifact',
  plural: 'agentreviewartifacts',
  area: 'agents',
  storage: 'record',
  summary: 'A review that an agent wrote, kept back until a person lets it be handed in.',
  writableBy: 'system',
  spec: z.object({
    dispatchRun: ref('AgentDispatchRun').describe('The run that wrote it.'),
    attempt: ref('AgentDispatchAttempt').optional().describe('The attempt that wrote it.'),
    targetRef: z
      .object({
        kind: z.enum(['PullRequest', 'Pipeline', 'Job']).default('PullRequest').describe('Its kind.'),
        name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name.'),
      })
      .describe('What it is about.'),
    headSha: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional()
      .describe('The commit it looked at.'),
    decision: z
      .enum(['pending', 'approved', 'changes-requested', 'comment-only'])
      .describe('Its verdict. An agent’s approval counts as a comment.'),
    summary: z.string().min(1).max(65_536).describe('The whole of it, in Markdown.'),
    inlineComments: z.array(inlineComment).max(200).default([]).describe('Remarks on lines.'),
    riskChecklist: z.array(risk).max(50).default([]).describe('What could go wrong, point by point.'),
    confidence: z.number().min(0).max(1).optional().describe('How sure it is, from 0 to 1.'),
    artifactRefs: z.array(ref('KrateArtifact')).max(50).default([]).describe('What it rests on.'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .describe('Of what would be handed in; an approval names it.'),
  }),
  status: z.object({
    phase: z
      .enum(['Draft', 'AwaitingApproval', 'Submitted', 'Rejected', 'Stale'])
      .optional()
      .describe('Where it stands; `Stale`: its target moved on.'),
    approvalRef: z.string().optional().describe('The approval that decides whether it is handed in.'),
    approvalState: z.enum(['none', 'pending', 'approved', 'denied']).optional().describe('What was decided.'),
    provider: z
      .object({
        state: z.enum(['not-submitted', 'submitted', 'failed']).describe('How handing it in went.'),
        review: z.string().optional().describe('The Review it became, or its id outside.'),
        message: z.string().optional().describe('Why it failed.'),
      })
      .optional()
      .describe('What the forge it went to says.'),
    submittedAt: z.string().optional().describe('When it was handed in.'),
  }),
  conditions: {
    ApprovalSatisfied: ['NotRequired', 'Waiting', 'Approved', 'Denied'],
    Submitted: ['Submitted', 'Waiting', 'Denied', 'TargetMoved', 'TargetMissing', 'SubmitFailed'],
  },
  immutable: [
    'spec.dispatchRun',
    'spec.targetRef',
    'spec.decision',
    'spec.summary',
    'spec.inlineComments',
    'spec.digest',
  ],
  selectableFields: ['spec.dispatchRun', 'spec.targetRef.name', 'status.phase'],
  columns: [
    { name: 'Run', path: 'spec.dispatchRun' },
    { name: 'Target', path: 'spec.targetRef.name' },
    { name: 'Decision', path: 'spec.decision' },
    { name: 'Confidence', path: 'spec.confidence', type: 'number' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentReviewArtifact',
      metadata: { name: 'review-web-1-x7k2p', namespace: 'krate-org-acme' },
      spec: {
        dispatchRun: 'fix-x7k2p',
        targetRef: { kind: 'PullRequest', name: 'web-1' },
        decision: 'changes-requested',
        summary: 'The rounding is right now, and a test for negative prices is missing.',
        inlineComments: [{ path: 'src/price.ts', line: 12, body: 'What of negative prices?' }],
        riskChecklist: [{ item: 'public API', level: 'none' }],
        confidence: 0.8,
        digest: 'sha256:486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7',
      },
    },
  ],
});
export type AgentReviewArtifact = ResourceOf<typeof AgentReviewArtifact>;
