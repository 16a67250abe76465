import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { outputContract, taskKind } from './shapes';

export const AgentSubagent = defineKind({
  kind: 'AgentSubagent',
  plural: 'agentsubagents',
  area: 'agents',
  storage: 'config',
  summary: 'A helper that an agent may give part of its task to, with no more rights than its own.',
  writableBy: 'maintainer',
  spec: z.object({
    description: z.string().max(1000).optional().describe('What it is good at; the agent chooses by it.'),
    rolePrompt: z.string().min(1).max(65_536).describe('What it is told it is.'),
    taskKinds: z
      .array(taskKind)
      .min(1)
      .max(20)
      .describe('The kinds of task it takes: `research`, `review`, …'),
    workspaceScope: z
      .enum(['no-workspace', 'read-only', 'branch-local', 'isolated-worktree'])
      .default('read-only')
      .describe('What it sees of the files, and where it may write.'),
    contextPolicy: z
      .enum(['summary-only', 'selected-sources', 'full-redacted', 'artifact-only', 'no-context'])
      .default('summary-only')
      .describe('How much of its parent’s context it is given.'),
    maxParallelTasks: z
      .int()
      .min(1)
      .max(20)
      .default(1)
      .describe('How many tasks it may have at once in a run.'),
    required: z.boolean().default(false).describe('When it fails, so does its parent.'),
    outputContract: outputContract.optional().describe('What it must hand in.'),
    model: z.string().max(200).optional().describe('A model of its own; default: its parent’s.'),
    toolProfileRef: ref('AgentToolProfile')
      .optional()
      .describe('Narrows its parent’s tools; it can add none.'),
    mcpServerRefs: z
      .array(ref('AgentMcpServer'))
      .max(20)
      .default([])
      .describe('Those of its parent’s servers it gets.'),
    skillRefs: z.array(ref('AgentSkill')).max(50).default([]).describe('The skills it brings.'),
    serviceAccountRef: ref('AgentServiceAccount')
      .optional()
      .describe('An identity of its own; it needs a role binding and a permission review.'),
    maxDurationSeconds: z.int().min(1).max(86_400).default(7200).describe('It is ended after this.'),
  }),
  conditions: {
    Ready: ['Valid', 'ToolProfileMissing', 'McpServerMissing', 'SkillMissing', 'ServiceAccountMissing'],
  },
  columns: [
    { name: 'Tasks', path: 'spec.taskKinds' },
    { name: 'Workspace', path: 'spec.workspaceScope' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'Resource', type: 'agent-subagent' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentSubagent',
      metadata: { name: 'ci-log-researcher', namespace: 'krate-org-acme' },
      spec: {
        description: 'Reads CI logs and finds the smallest likely root cause.',
        taskKinds: ['research', 'triage'],
        rolePrompt: 'Inspect failing jobs, summarize root cause candidates, and do not edit files.',
        workspaceScope: 'read-only',
        maxParallelTasks: 2,
        outputContract: {
          format: 'markdown-summary',
          requiredSections: ['failing-signal', 'likely-root-cause', 'recommended-next-test'],
        },
      },
    },
  ],
  docs: `Rights only shrink on the way down: what a helper wants to write back always becomes an approval of the run.`,
});
export type AgentSubagent = ResourceOf<typeof AgentSubagent>;
