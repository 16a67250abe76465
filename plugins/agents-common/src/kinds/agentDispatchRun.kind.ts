import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { budgetSchema } from './agentStack.kind';

/** The frozen answer of a permission review; its digest ties approvals and attempts to it. */
export const permissionReviewSchema = z.object({
  decision: z.enum(['allowed', 'denied', 'requires-approval']),
  digest: z.string(),
  checks: z.array(
    z.object({
      rule: z.string(),
      outcome: z.enum(['allowed', 'denied', 'requires-approval', 'not-applicable']),
      message: z.string(),
    }),
  ),
  missingGrants: z
    .array(z.object({ kind: z.string(), suggestedName: z.string(), reason: z.string() }))
    .optional(),
});

/** What holds between an agent and the machine it runs on, and what does not, in words. */
export const isolationSchema = z.object({
  mechanism: z.string(),
  enforced: z.array(z.string()),
  notEnforced: z.array(z.string()),
});

export const AgentDispatchRun = defineKind({
  kind: 'AgentDispatchRun',
  plural: 'agentdispatchruns',
  shortNames: ['run', 'runs'],
  area: 'agents',
  storage: 'record',
  retention: { since: 'status.finishedAt', days: 90 },
  summary:
    'One task given to an agent on one repository, from the permission review to the change it wrote back.',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository'),
    agentStack: ref('AgentStack'),
    taskKind: z.string().max(60).default('implementation'),
    task: z
      .string()
      .max(65_536)
      .optional()
      .describe('What to do, in words; default: the stack’s task prompt.'),
    ref: z
      .string()
      .max(250)
      .default('refs/heads/main')
      .describe('The branch it starts from and proposes to.'),
    sourceRefs: z
      .object({
        pullRequest: ref('PullRequest').optional(),
        pipeline: ref('Pipeline').optional(),
        job: ref('Job').optional(),
        path: z.string().max(1000).optional(),
      })
      .default({}),
    workspaceRef: ref('KrateWorkspace')
      .optional()
      .describe('A workspace to go on in; default: a new one by policy.'),
    runnerPool: ref('RunnerPool').optional().describe('Default: the stack’s.'),
    requiresApproval: z.boolean().default(false).describe('Park before the launch until someone approves.'),
    budget: budgetSchema.optional().describe('Narrows the stack’s budget.'),
    retryOf: ref('AgentDispatchRun').optional(),
    attemptNumber: z.int().min(1).default(1),
    requestedBy: z.string().max(253).optional().describe('Set by the server from the caller.'),
    cancel: z
      .object({
        reason: z.string().max(500).optional(),
        requestedBy: z.string().optional(),
        requestedAt: z.string().optional(),
      })
      .optional(),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'AwaitingApproval', 'Queued', 'Running', 'Completed', 'Failed', 'Cancelled'])
      .optional(),
    baseSha: z.string().optional(),
    permissionReview: permissionReviewSchema.optional(),
    attemptRef: z.string().optional(),
    sessionRef: z.string().optional(),
    workspaceRef: z.string().optional(),
    approvals: z.array(z.string()).optional(),
    artifacts: z.array(z.object({ kind: z.string(), name: z.string() })).optional(),
    pullRequest: z.string().optional().describe('The pull request its write-back opened.'),
    branch: z.string().optional(),
    runnerPool: z.string().optional().describe('The pool whose slot it takes while it works.'),
    queuePosition: z.int().optional(),
    queuedAt: z.string().optional(),
    startedAt: z.string().optional(),
    finishedAt: z.string().optional(),
    awaitingSince: z.string().optional(),
    inputTokens: z.int().optional(),
    outputTokens: z.int().optional(),
    costUsd: z.number().optional(),
    lastError: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }).optional(),
    isolation: isolationSchema.optional(),
  }),
  conditions: {
    PermissionReviewed: ['Allowed', 'RequiresApproval', 'Denied', 'StackMissing', 'RepositoryMissing'],
    WorkspaceResolved: ['Ready', 'Preparing', 'Failed'],
    Isolated: ['Enforced', 'NotEnforced', 'Refused', 'NotStarted'],
    ApprovalSatisfied: ['NotRequired', 'Approved', 'Waiting', 'Denied', 'Expired'],
    ArtifactsIndexed: ['Indexed', 'NoChanges', 'Pending', 'Failed'],
    WrittenBack: ['PullRequestOpened', 'NothingToWrite', 'Waiting', 'Denied', 'Failed', 'Pending'],
    Complete: ['Succeeded', 'Failed', 'Cancelled', 'InProgress'],
  },
  immutable: [
    'spec.repository',
    'spec.agentStack',
    'spec.task',
    'spec.ref',
    'spec.requestedBy',
    'spec.retryOf',
  ],
  selectableFields: ['spec.repository', 'spec.agentStack', 'status.phase'],
  actions: {
    cancel: {
      field: 'spec.cancel',
      by: 'spec.cancel.requestedBy',
      at: 'spec.cancel.requestedAt',
      role: 'developer',
    },
  },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Stack', path: 'spec.agentStack' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Pull Request', path: 'status.pullRequest' },
    { name: 'Cost', path: 'status.costUsd', type: 'number', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentDispatchRun',
      metadata: { generateName: 'fix-', namespace: 'krate-org-acme' },
      spec: { repository: 'web', agentStack: 'fixer', task: 'Make the failing test pass.' },
    },
  ],
});
export type AgentDispatchRun = ResourceOf<typeof AgentDispatchRun>;
