import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { outputContract, taskKind } from './shapes';

export const AgentSkill = defineKind({
  kind: 'AgentSkill',
  plural: 'agentskills',
  area: 'agents',
  storage: 'config',
  summary: 'A way of working that agents can be taught: a runbook with what it needs.',
  writableBy: 'maintainer',
  spec: z.object({
    description: z.string().max(1000).optional().describe('When to use it; the agent chooses by it.'),
    version: z.string().max(60).optional().describe('Of the skill itself, for people.'),
    format: z
      .enum(['directory', 'file', 'package', 'inline'])
      .describe('`directory`: a folder with SKILL.md. `inline`: the text is here.'),
    sourceRef: z
      .object({
        repository: ref('Repository').optional().describe('Where it is kept; absent for `inline`.'),
        path: z.string().min(1).max(1000).optional().describe('Where in the repository.'),
        ref: z
          .string()
          .min(1)
          .max(250)
          .optional()
          .describe('Branch, tag or commit; default: the default branch.'),
        content: z.string().max(65_536).optional().describe('The text, for `inline`.'),
      })
      .describe('Where the skill comes from.'),
    promptFragment: z
      .string()
      .max(16_384)
      .optional()
      .describe('Always part of the prompt, before the skill is opened. It grants nothing.'),
    taskKinds: z.array(taskKind).max(20).default([]).describe('The kinds of task it is for. Empty: all.'),
    requiredTools: z
      .array(z.string().min(1).max(60))
      .max(50)
      .default([])
      .describe('Kinds of tool it cannot do without.'),
    requiredMcpServers: z
      .array(ref('AgentMcpServer'))
      .max(20)
      .default([])
      .describe('Servers it cannot do without.'),
    requiredSecretRefs: z
      .array(ref('Secret'))
      .max(20)
      .default([])
      .describe('Secrets that must be granted for it.'),
    requiredConfigRefs: z
      .array(ref('ConfigMap'))
      .max(20)
      .default([])
      .describe('Config maps that must be granted for it.'),
    outputContract: outputContract.optional().describe('What following it hands in.'),
  }),
  status: z.object({
    validation: z.enum(['valid', 'warning', 'invalid']).optional().describe('What reading it found.'),
    resolvedCommit: z.string().optional().describe('The commit it was last read at.'),
    digest: z.string().optional().describe('sha256 of what was read.'),
    findings: z.array(z.string()).optional().describe('What is wrong with it.'),
  }),
  conditions: {
    SourceResolved: ['Found', 'RepositoryMissing', 'RefMissing', 'PathMissing', 'Unreadable', 'TooLarge'],
    Ready: ['Valid', 'InvalidSkillFormat', 'SourceMissing', 'McpServerMissing'],
  },
  columns: [
    { name: 'Format', path: 'spec.format' },
    { name: 'Repository', path: 'spec.sourceRef.repository' },
    { name: 'Path', path: 'spec.sourceRef.path' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'Resource', type: 'agent-skill' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentSkill',
      metadata: { name: 'ci-diagnosis', namespace: 'krate-org-acme' },
      spec: {
        description: 'Standard runbook for failing CI.',
        format: 'directory',
        sourceRef: { repository: 'web', path: '.agents/skills/ci-diagnosis' },
        requiredTools: ['execute'],
        promptFragment: 'Start by identifying the exact failed job, command, and first actionable error.',
      },
    },
  ],
});
export type AgentSkill = ResourceOf<typeof AgentSkill>;
