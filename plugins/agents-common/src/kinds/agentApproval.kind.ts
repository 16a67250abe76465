import { decisionFields, defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentApproval = defineKind({
  kind: 'AgentApproval',
  plural: 'agentapprovals',
  shortNames: ['approval', 'approvals'],
  area: 'agents',
  storage: 'record',
  summary: 'A question a run waits on: may it do this? Answered once by a person.',
  writableBy: 'system',
  spec: z.object({
    dispatchRun: ref('AgentDispatchRun').describe('The run that waits.'),
    attempt: ref('AgentDispatchAttempt')
      .optional()
      .describe('The attempt that asks; absent before the launch.'),
    action: z
      .enum(['tool-use', 'secret-access', 'write-back', 'release', 'escalation'])
      .describe('What is asked for; `escalation` is the launch itself.'),
    actionDetail: z
      .object({
        type: z.string().max(120).describe('`execute`, `pull-request`, …'),
        target: z.string().max(4096).optional().describe('The command, the branch, the secret’s name.'),
        summary: z.string().max(4096).describe('What is asked, in a sentence.'),
        toolCallId: z.string().max(253).optional().describe('The tool call’s id at the agent program.'),
        requestId: z.string().max(253).optional().describe('Which request of the agent this answers.'),
        input: z.string().max(65_536).optional().describe('What the tool would get, redacted.'),
      })
      .describe('What exactly would be done.'),
    requestedBy: z
      .object({
        kind: z.string().describe('The kind of who asks: `AgentStack`.'),
        name: z.string().describe('Its name.'),
      })
      .describe('Who asks.'),
    policyReasons: z.array(z.string().max(1000)).default([]).describe('Why it is asked.'),
    artifactRefs: z.array(ref('KrateArtifact')).default([]).describe('What would be written back.'),
    expectedArtifactDigest: z
      .string()
      .max(100)
      .optional()
      .describe('Digest of what would be written back; nothing else is, once it is approved.'),
    expiresAt: z.iso.datetime({ offset: true }).describe('Until when it can be decided.'),
    ...decisionFields(['approve', 'deny']),
    approvedActionSubset: z
      .array(z.string().max(253))
      .optional()
      .describe('Parts of the action that the decision names, kept as its record.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Approved', 'Denied', 'Expired', 'Withdrawn'])
      .optional()
      .describe('Where it stands; `Withdrawn`: the run ended before anybody decided.'),
    deliveredAt: z.string().optional().describe('When the agent, or the write-back, got the answer.'),
  }),
  conditions: { Decided: ['Approved', 'Denied', 'Expired', 'Waiting', 'Withdrawn'] },
  immutable: [
    'spec.dispatchRun',
    'spec.attempt',
    'spec.action',
    'spec.actionDetail',
    'spec.requestedBy',
    'spec.artifactRefs',
  ],
  selectableFields: ['spec.dispatchRun', 'spec.action', 'status.phase'],
  actions: {
    approve: {
      field: 'spec.decision',
      by: 'spec.decidedBy',
      at: 'spec.decidedAt',
      with: ['spec.comment', 'spec.approvedActionSubset'],
      role: 'maintainer',
    },
  },
  columns: [
    { name: 'Run', path: 'spec.dispatchRun' },
    { name: 'Action', path: 'spec.action' },
    { name: 'Target', path: 'spec.actionDetail.target' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Decided By', path: 'spec.decidedBy' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentApproval',
      metadata: { name: 'fix-x7k2p-1-tool-0', namespace: 'krate-org-acme' },
      spec: {
        dispatchRun: 'fix-x7k2p',
        action: 'tool-use',
        actionDetail: { type: 'execute', target: 'npm install', summary: 'Run `npm install`' },
        requestedBy: { kind: 'AgentStack', name: 'fixer' },
        expiresAt: '2026-12-01T00:00:00Z',
      },
    },
  ],
  docs: `Decide by setting \`spec.decision\` to \`approve\` or \`deny\`, with an optional \`spec.comment\`; it cannot be changed after.`,
});
export type AgentApproval = ResourceOf<typeof AgentApproval>;
