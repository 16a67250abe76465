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
    agentDispatchRun: ref('AgentDispatchRun').describe('The run it belongs to.'),
    attemptReason: z
      .enum(['initial', 'retry', 'resume', 'repair', 'rerun-after-fix', 'continuation'])
      .describe('Why it was launched; `retry`: its run repeats another.'),
    agentStackSnapshot: z
      .object({
        name: z.string().describe('Its name.'),
        generation: z.int().describe('Its generation at the launch.'),
        digest: z.string().describe('sha256 of the frozen launch description.'),
      })
      .describe('The stack as it was.'),
    launch: z
      .object({
        command: z.array(z.string()).describe('Program and arguments, from the adapter.'),
        protocol: z.string().describe('The language it is spoken to in, from the adapter.'),
        trusted: z
          .boolean()
          .describe('Adapter and pool are trusted: it may run where isolation cannot be enforced.'),
        prompt: z.string().describe('All it is told: system, developer and task prompt.'),
        model: z.string().optional().describe('The model it is told to use.'),
        provider: z
          .string()
          .optional()
          .describe('Name of the AgentProviderConfig its model calls go to; absent: it makes none.'),
        environment: z
          .record(z.string(), z.string())
          .optional()
          .describe('Plain switches of the agent program.'),
        approvalMode: z.string().describe('The stack’s: `prompt`, `yolo` or `deny`.'),
        author: z.string().max(120).describe('Who the commit of this run is by.'),
        toolProfile: z.string().optional().describe('Name of the AgentToolProfile its tools are judged by.'),
        tools: z
          .object({
            filesystemPolicy: z.string().describe('What it may do with files.'),
            approvalPolicyByTool: z
              .record(z.string(), z.string())
              .describe('What becomes of a tool call, by its kind; `*` is the rest.'),
            allowedCommands: z.array(z.string()).describe('Globs on command lines that run without asking.'),
            deniedCommands: z.array(z.string()).describe('Globs on command lines that are refused.'),
            allowedTools: z.array(z.string()).describe('Not empty: only these.'),
            deniedTools: z.array(z.string()).describe('Kinds of tools that are refused.'),
          })
          .describe('The tool profile and the workspace policy as they were.'),
        secretFiles: z
          .array(
            z.object({
              secret: z.string().describe('Name of the Secret.'),
              keys: z.array(z.string()).describe('Its keys; each is a file.'),
            }),
          )
          .default([])
          .describe('Granted secrets that the agent gets as files.'),
        allowHosts: z.array(z.string()).describe('`host:port`, exact: what it may reach besides its model.'),
        maxDurationSeconds: z
          .int()
          .describe('Seconds after which it is ended, without the time it is parked.'),
        budget: budgetSchema.default({}).describe('The narrower of the stack’s and the run’s.'),
        approvalExpiryMinutes: z.int().describe('Minutes a question of it waits for an answer.'),
        writeBack: z
          .object({
            allowed: z.boolean().describe('The permission review lets its changes be proposed.'),
            requireApproval: z.boolean().describe('A person must agree before they are.'),
          })
          .describe('What becomes of its changes.'),
      })
      .describe('Everything it was launched with; later changes of the stack do not reach it.'),
    permissionReview: permissionReviewSchema.describe('The review it was launched on.'),
    workspaceRef: ref('KrateWorkspace').describe('The workspace it works in.'),
    runnerPool: ref('RunnerPool').optional().describe('The pool whose slot it takes.'),
    cancel: z.boolean().default(false).describe('Ends the agent; set by the run’s reconciler.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Starting', 'Running', 'Parked', 'Succeeded', 'Failed', 'Cancelled'])
      .optional()
      .describe('Where it stands; `Parked`: it waits for an answer.'),
    node: z.string().optional().describe('The host that holds the process.'),
    sessionId: z.string().optional().describe('The session’s id at the agent program.'),
    agentName: z.string().optional().describe('What the program calls itself.'),
    agentVersion: z.string().optional().describe('The version the program names.'),
    isolation: isolationSchema.optional().describe('What keeps the agent apart from its host.'),
    producedArtifacts: z
      .array(z.string())
      .optional()
      .describe('Names of the KrateArtifacts it made; empty: it changed nothing.'),
    startedAt: z.string().optional().describe('When the process was started.'),
    completedAt: z.string().optional().describe('When it was over.'),
    exitReason: z
      .string()
      .optional()
      .describe('Why it ended, as a code: `succeeded`, `deadline-exceeded`, `isolation-refused`, …'),
    exitMessage: z.string().optional().describe('Why it ended, in a sentence.'),
    inputTokens: z.int().optional().describe('Tokens the model has read.'),
    outputTokens: z.int().optional().describe('Tokens the model has written.'),
    costUsd: z.number().optional().describe('What they cost in USD, by the provider’s rates.'),
    transcript: z
      .object({
        stream: z.string().describe('Name of the stream.'),
        length: z.int().describe('Its length in bytes.'),
        digest: z.string().optional().describe('sha256 of it.'),
      })
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
