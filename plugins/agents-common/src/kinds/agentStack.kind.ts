import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const budgetSchema = z.object({
  maxTokens: z.int().min(1).optional(),
  maxCostUsd: z.number().min(0).optional(),
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
    displayName: z.string().max(120).optional(),
    description: z.string().max(1000).optional(),
    baseAgent: z
      .string()
      .min(1)
      .max(120)
      .describe('`opencode`, `codex`, `claude-code`, `scripted`, …: the program the adapter starts.'),
    adapter: ref('AgentAdapter'),
    provider: ref('AgentProviderConfig')
      .optional()
      .describe('Where its model calls go; absent: it makes none.'),
    model: z.string().max(200).optional(),
    runtimeIdentity: z.object({ serviceAccountRef: ref('AgentServiceAccount') }),
    approvalMode: z
      .enum(['prompt', 'deny', 'yolo'])
      .default('prompt')
      .describe(
        '`prompt`: tools that the profile does not allow are asked for while it runs. `yolo`: they are never asked for. `deny`: nothing is dispatched.',
      ),
    prompt: z
      .object({
        system: z.string().max(65_536).optional(),
        developer: z.string().max(65_536).optional(),
        task: z.string().max(65_536).optional().describe('Used when a dispatch brings no task of its own.'),
      })
      .default({}),
    toolProfileRef: ref('AgentToolProfile').optional(),
    workspacePolicyRef: ref('KrateWorkspacePolicy').optional(),
    runnerPool: ref('RunnerPool').optional(),
    taskKind: z.string().max(60).default('implementation'),
    writeBackPolicy: z
      .object({
        requireApproval: z.boolean().default(true),
        allowedTargets: z
          .array(z.enum(['pull-request', 'branch-push', 'pull-request-comment', 'check-rerun']))
          .default(['pull-request']),
      })
      .default({ requireApproval: true, allowedTargets: ['pull-request'] }),
    budget: budgetSchema.optional(),
    environment: z
      .record(z.string(), z.string().max(4096))
      .optional()
      .describe('Plain switches of the agent program; never secrets.'),
  }),
  status: z.object({
    phase: z.enum(['Ready', 'Blocked']).optional(),
    lastRun: z.string().optional(),
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
