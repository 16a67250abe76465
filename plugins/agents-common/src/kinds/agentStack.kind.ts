import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const budgetSchema = z.object({
  maxTokens: z
    .int()
    .min(1)
    .optional()
    .describe('Tokens read and written in all; the agent is ended when they are used up.'),
  maxCostUsd: z
    .number()
    .min(0)
    .optional()
    .describe('What they may cost in USD, by the provider’s rates; the agent is ended when it is used up.'),
  maxDurationSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .optional()
    .describe('Wall clock from launch, without the time it is parked.'),
});

export const AgentStack = defineKind({
  kind: 'AgentStack',
  plural: 'agentstacks',
  shortNames: ['stack', 'stacks'],
  area: 'agents',
  storage: 'config',
  summary:
    'An agent ready to be dispatched: which program, which model, whose identity, which tools, which rules.',
  writableBy: 'maintainer',
  spec: z.object({
    displayName: z.string().max(120).optional().describe('The name people read; commits are by it.'),
    description: z.string().max(1000).optional().describe('What it is for.'),
    baseAgent: z
      .string()
      .min(1)
      .max(120)
      .describe('`opencode`, `codex`, `claude-code`, `scripted`, …: the program the adapter starts.'),
    adapter: ref('AgentAdapter').describe('How the program is started.'),
    provider: ref('AgentProviderConfig')
      .optional()
      .describe('Where its model calls go; absent: it makes none.'),
    model: z.string().max(200).optional().describe('The model it is told to use; default: the provider’s.'),
    runtimeIdentity: z
      .object({ serviceAccountRef: ref('AgentServiceAccount').describe('The identity.') })
      .describe('As whom it runs.'),
    approvalMode: z
      .enum(['prompt', 'deny', 'yolo'])
      .default('prompt')
      .describe(
        '`prompt`: tools that the profile does not allow are asked for while it runs. `yolo`: they are never asked for. `deny`: nothing is dispatched.',
      ),
    prompt: z
      .object({
        system: z.string().max(65_536).optional().describe('Comes first, in every run.'),
        developer: z.string().max(65_536).optional().describe('Comes next, in every run.'),
        task: z.string().max(65_536).optional().describe('Used when a dispatch brings no task of its own.'),
      })
      .default({})
      .describe('What it is told.'),
    toolProfileRef: ref('AgentToolProfile')
      .optional()
      .describe('What it may do on its own; absent: every tool is asked for.'),
    workspacePolicyRef: ref('KrateWorkspacePolicy')
      .optional()
      .describe('The rules of the workspaces it gets.'),
    runnerPool: ref('RunnerPool')
      .optional()
      .describe('The pool whose slots its runs take; absent: they wait for none.'),
    taskKind: z
      .string()
      .max(60)
      .default('implementation')
      .describe('What kind of task it is for, for people.'),
    writeBackPolicy: z
      .object({
        requireApproval: z
          .boolean()
          .default(true)
          .describe('A person must agree before its changes are proposed.'),
        allowedTargets: z
          .array(z.enum(['pull-request', 'branch-push', 'pull-request-comment', 'check-rerun']))
          .default(['pull-request'])
          .describe('Where results may go; without `pull-request` changes are kept as an artifact.'),
      })
      .default({ requireApproval: true, allowedTargets: ['pull-request'] })
      .describe('What becomes of its changes.'),
    budget: budgetSchema.optional().describe('What a run of it may use up; a run can narrow it.'),
    environment: z
      .record(z.string(), z.string().max(4096))
      .optional()
      .describe('Plain switches of the agent program; never secrets.'),
  }),
  status: z.object({
    phase: z
      .enum(['Ready', 'Blocked'])
      .optional()
      .describe('Whether it can be dispatched; the conditions say what is missing.'),
    lastRun: z.string().optional().describe('Name of its last run, where a controller reports it.'),
  }),
  conditions: {
    CapabilitiesResolved: [
      'Resolved',
      'AdapterMissing',
      'ProviderMissing',
      'PoolMissing',
      'WorkspacePolicyMissing',
    ],
    ToolsAdmitted: ['Admitted', 'NoProfile', 'ToolPolicyMissing'],
    RuntimeIdentityReady: ['ServiceAccountReady', 'MissingServiceAccount'],
    RolesAdmitted: ['RequiredRolesAllowed', 'MissingRoleBindings'],
    SecretsAdmitted: ['Granted', 'NoneRequired', 'MissingSecretGrant'],
    Ready: ['AllRequirementsMet', 'PermissionRequirementsBlocked', 'MissingRefs'],
  },
  columns: [
    { name: 'Agent', path: 'spec.baseAgent' },
    { name: 'Model', path: 'spec.model' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'Component', type: 'agent-stack' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentStack',
      metadata: { name: 'fixer', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'Fixer',
        baseAgent: 'opencode',
        adapter: 'opencode',
        runtimeIdentity: { serviceAccountRef: 'fixer' },
        toolProfileRef: 'careful',
        runnerPool: 'local',
      },
    },
  ],
});
export type AgentStack = ResourceOf<typeof AgentStack>;
