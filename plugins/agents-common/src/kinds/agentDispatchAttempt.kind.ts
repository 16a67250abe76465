import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { isolationSchema, permissionReviewSchema } from './agentDispatchRun.kind';
import { budgetSchema } from './agentStack.kind';

export const AgentDispatchAttempt = defineKind({
  kind: 'AgentDispatchAttempt',
  plural: 'agentdispatchattempts',
  area: 'agents',
  storage: 'record',
  summary: 'One launch of the agent for a run, with everything it was launched with frozen.',
  writableBy: 'system',
  spec: z.object({
    agentDispatchRun: ref('AgentDispatchRun'),
    attemptReason: z.enum(['initial', 'retry', 'resume', 'repair', 'rerun-after-fix', 'continuation']),
    agentStackSnapshot: z.object({
      name: z.string(),
      generation: z.int(),
      digest: z.string().describe('sha256 of the frozen launch description.'),
    }),
    launch: z.object({
      command: z.array(z.string()),
      protocol: z.string(),
      trusted: z.boolean(),
      prompt: z.string(),
      model: z.string().optional(),
      provider: z.string().optional(),
      environment: z.record(z.string(), z.string()).optional(),
      approvalMode: z.string(),
      author: z.string().max(120).describe('Who the commit of this run is by.'),
      toolProfile: z.string().optional(),
      tools: z
        .object({
          filesystemPolicy: z.string(),
          approvalPolicyByTool: z.record(z.string(), z.string()),
          allowedCommands: z.array(z.string()),
          deniedCommands: z.array(z.string()),
          allowedTools: z.array(z.string()).describe('Not empty: only these.'),
          deniedTools: z.array(z.string()),
        })
        .describe('The tool profile and the workspace policy as they were.'),
      secretFiles: z
        .array(z.object({ secret: z.string(), keys: z.array(z.string()) }))
        .default([])
        .describe('Granted secrets that the agent gets as files.'),
      allowHosts: z.array(z.string()),
      maxDurationSeconds: z.int(),
      budget: budgetSchema.default({}),
      approvalExpiryMinutes: z.int(),
      writeBack: z.object({ allowed: z.boolean(), requireApproval: z.boolean() }),
    }),
    permissionReview: permissionReviewSchema,
    workspaceRef: ref('KrateWorkspace'),
    runnerPool: ref('RunnerPool').optional(),
    cancel: z.boolean().default(false),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Starting', 'Running', 'Parked', 'Succeeded', 'Failed', 'Cancelled'])
      .optional(),
    node: z.string().optional().describe('The host that holds the process.'),
    sessionId: z.string().optional(),
    agentName: z.string().optional(),
    agentVersion: z.string().optional(),
    isolation: isolationSchema.optional(),
    producedArtifacts: z.array(z.string()).optional(),
    startedAt: z.string().optional(),
    completedAt: z.string().optional(),
    exitReason: z.string().optional(),
    exitMessage: z.string().optional(),
    inputTokens: z.int().optional(),
    outputTokens: z.int().optional(),
    costUsd: z.number().optional(),
    transcript: z
      .object({ stream: z.string(), length: z.int(), digest: z.string().optional() })
      .optional()
      .describe('The `transcript` stream of this object: one JSON event a line.'),
  }),
  conditions: {
    Launched: ['Running', 'Waiting', 'LaunchFailed', 'IsolationRefused', 'Ended'],
    Complete: [
      'Succeeded',
      'Failed',
      'Cancelled',
      'DeadlineExceeded',
      'OutputLimit',
      'BudgetExceeded',
      'ApprovalExpired',
      'AgentCrashed',
      'InProgress',
    ],
  },
  immutable: [
    'spec.agentDispatchRun',
    'spec.launch',
    'spec.permissionReview',
    'spec.agentStackSnapshot',
    'spec.workspaceRef',
  ],
  selectableFields: ['spec.agentDispatchRun', 'status.phase'],
  columns: [
    { name: 'Run', path: 'spec.agentDispatchRun' },
    { name: 'Reason', path: 'spec.attemptReason' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentDispatchAttempt',
      metadata: { name: 'fix-x7k2p-1', namespace: 'krate-org-acme' },
      spec: {
        agentDispatchRun: 'fix-x7k2p',
        attemptReason: 'initial',
        agentStackSnapshot: { name: 'fixer', generation: 1, digest: 'sha256:0' },
        launch: {
          command: ['opencode', 'acp'],
          protocol: 'acp',
          trusted: false,
          prompt: 'Make the failing test pass.',
          approvalMode: 'prompt',
          author: 'Fixer',
          tools: {
            filesystemPolicy: 'workspace-write',
            approvalPolicyByTool: { '*': 'prompt' },
            allowedCommands: [],
            deniedCommands: [],
            allowedTools: [],
            deniedTools: [],
          },
          allowHosts: [],
          maxDurationSeconds: 3600,
          approvalExpiryMinutes: 1440,
          writeBack: { allowed: true, requireApproval: true },
        },
        permissionReview: { decision: 'allowed', digest: 'sha256:0', checks: [] },
        workspaceRef: 'fix-x7k2p',
      },
    },
  ],
});
export type AgentDispatchAttempt = ResourceOf<typeof AgentDispatchAttempt>;
