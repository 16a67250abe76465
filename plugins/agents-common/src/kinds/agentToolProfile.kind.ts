import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentToolProfile = defineKind({
  kind: 'AgentToolProfile',
  plural: 'agenttoolprofiles',
  area: 'agents',
  storage: 'config',
  summary: 'What an agent may do on its own, what it must ask for, and what it may never do.',
  writableBy: 'maintainer',
  spec: z.object({
    filesystemPolicy: z
      .enum(['no-fs', 'read-only', 'workspace-write', 'repo-write'])
      .describe(
        '`no-fs`: no file may be seen; `read-only`: none may be changed; the others leave files to `approvalPolicyByTool`.',
      ),
    approvalPolicyByTool: z
      .record(
        z.string(),
        z.enum(['allow', 'allow-workspace', 'prompt', 'prompt-on-denied-or-privileged', 'deny']),
      )
      .describe(
        'By the tool kind the agent announces (`read`, `edit`, `execute`, `fetch`, …); `*` is the rest. Absent: `prompt`.',
      ),
    allowedCommands: z
      .array(z.string().max(200))
      .default([])
      .describe('Globs on the whole command line that `execute` may run without asking.'),
    deniedCommands: z
      .array(z.string().max(200))
      .default([])
      .describe('Globs that are refused without asking; stronger than every allow.'),
    networkPolicy: z
      .object({
        default: z.enum(['deny']).default('deny').describe('What becomes of every other host.'),
        allowHosts: z.array(z.string().max(253)).default([]).describe('`host:port`, exact.'),
      })
      .default({ default: 'deny', allowHosts: [] })
      .describe('What it may reach besides its model.'),
    auditLevel: z
      .enum(['metadata', 'inputs', 'outputs', 'full-redacted-transcript'])
      .default('full-redacted-transcript')
      .describe('The least that is kept of its work; Krate always keeps the whole redacted transcript.'),
    requiredSecretRefs: z
      .array(ref('Secret'))
      .default([])
      .describe('Secrets its tools cannot work without; each needs a grant.'),
  }),
  conditions: { Ready: ['Valid', 'SecretMissing'] },
  columns: [
    { name: 'Filesystem', path: 'spec.filesystemPolicy' },
    { name: 'Hosts', path: 'spec.networkPolicy.allowHosts' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentToolProfile',
      metadata: { name: 'careful', namespace: 'krate-org-acme' },
      spec: {
        filesystemPolicy: 'workspace-write',
        approvalPolicyByTool: { read: 'allow', edit: 'allow-workspace', execute: 'prompt', '*': 'prompt' },
        allowedCommands: ['npm test'],
      },
    },
  ],
});
export type AgentToolProfile = ResourceOf<typeof AgentToolProfile>;
