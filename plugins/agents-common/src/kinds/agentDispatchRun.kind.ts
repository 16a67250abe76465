import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { budgetSchema } from './agentStack.kind';

/** The frozen answer of a permission review; its digest ties approvals and attempts to it. */
export const permissionReviewSchema = z.object({
  decision: z
    .enum(['allowed', 'denied', 'requires-approval'])
    .describe('The strictest outcome of the checks.'),
  digest: z.string().describe('sha256 of the answer and of the objects that were looked at.'),
  checks: z
    .array(
      z.object({
        rule: z.string().describe('Which rule: `role-binding`, `secret-grants`, …'),
        outcome: z
          .enum(['allowed', 'denied', 'requires-approval', 'not-applicable'])
          .describe('What the rule says.'),
        message: z.string().describe('Why; where it denies, what to do about it.'),
      }),
    )
    .describe('Every rule that was asked, in order.'),
  missingGrants: z
    .array(
      z.object({
        kind: z.string().describe('Its kind: `AgentRoleBinding` or `AgentSecretGrant`.'),
        suggestedName: z.string().describe('A name for it.'),
        reason: z.string().describe('What it is needed for.'),
      }),
    )
    .optional()
    .describe('What someone would have to create for it to be allowed.'),
});

/** What holds between an agent and the machine it runs on, and what does not, in words. */
export const isolationSchema = z.object({
  mechanism: z
    .string()
    .describe('`bubblewrap`: own namespaces; `uid`: only another user id; `none`: nothing.'),
  enforced: z.array(z.string()).describe('What holds, in words.'),
  notEnforced: z.array(z.string()).describe('What does not hold, in words.'),
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
    repository: ref('Repository').describe('The repository it works on.'),
    agentStack: ref('AgentStack').describe('Who does it.'),
    taskKind: z.string().max(60).default('implementation').describe('What kind of task it is, for people.'),
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
        pullRequest: ref('PullRequest').optional().describe('A pull request.'),
        pipeline: ref('Pipeline').optional().describe('A pipeline.'),
        job: ref('Job').optional().describe('A job.'),
        path: z.string().max(1000).optional().describe('A file or folder of the repository.'),
      })
      .default({})
      .describe('What the task is about.'),
    workspaceRef: ref('KrateWorkspace')
      .optional()
      .describe('A workspace to go on in; default: a new one by policy.'),
    runnerPool: ref('RunnerPool').optional().describe('Default: the stack’s.'),
    requiresApproval: z.boolean().default(false).describe('Park before the launch until someone approves.'),
    budget: budgetSchema.optional().describe('Narrows the stack’s budget.'),
    retryOf: ref('AgentDispatchRun')
      .optional()
      .describe('The run it repeats; same repository and stack, and over.'),
    attemptNumber: z
      .int()
      .min(1)
      .default(1)
      .describe('1, or one more than the run it repeats; set by the server.'),
    requestedBy: z.string().max(253).optional().describe('Set by the server from the caller.'),
    cancel: z
      .object({
        reason: z.string().max(500).optional().describe('Why.'),
        requestedBy: z.string().optional().describe('Set by the server from the caller.'),
        requestedAt: z.string().optional().describe('Set by the server.'),
      })
      .optional()
      .describe('Set it to end the run.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'AwaitingApproval', 'Queued', 'Running', 'Completed', 'Failed', 'Cancelled'])
      .optional()
      .describe('Where it stands; `AwaitingApproval`: before its launch or after, it waits for a person.'),
    baseSha: z.string().optional().describe('The commit it started from.'),
    permissionReview: permissionReviewSchema
      .optional()
      .describe('Whether it may be launched, and why; frozen at the launch.'),
    attemptRef: z.string().optional().describe('Name of its AgentDispatchAttempt.'),
    sessionRef: z.string().optional().describe('Name of its AgentSession.'),
    workspaceRef: z.string().optional().describe('Name of the KrateWorkspace it works in.'),
    approvals: z.array(z.string()).optional().describe('Names of its AgentApprovals.'),
    artifacts: z
      .array(
        z.object({
          kind: z.string().describe('What it is: `patch`, …'),
          name: z.string().describe('Name of the KrateArtifact.'),
        }),
      )
      .optional()
      .describe('What it produced.'),
    pullRequest: z.string().optional().describe('The pull request its write-back opened.'),
    branch: z.string().optional().describe('The full ref its work was pushed to.'),
    runnerPool: z.string().optional().describe('The pool whose slot it takes while it works.'),
    queuePosition: z.int().optional().describe('Its place in the queue of its pool; 1 is next.'),
    queuedAt: z.string().optional().describe('When it was ready to be launched.'),
    startedAt: z.string().optional().describe('When it was launched.'),
    finishedAt: z.string().optional().describe('When it was over.'),
    awaitingSince: z.string().optional().describe('Since when it waits for a person.'),
    inputTokens: z.int().optional().describe('Tokens the model has read.'),
    outputTokens: z.int().optional().describe('Tokens the model has written.'),
    costUsd: z.number().optional().describe('What they cost in USD, by the provider’s rates.'),
    lastError: z
      .object({
        code: z.string().describe('For machines: `approval-denied`, `workspace-failed`, …'),
        message: z.string().describe('For people.'),
        retryable: z.boolean().describe('The same run may end well when it is dispatched again.'),
      })
      .optional()
      .describe('Why it failed.'),
    isolation: isolationSchema.optional().describe('What keeps the agent apart from its host.'),
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
