import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const KrateWorkspacePolicy = defineKind({
  kind: 'KrateWorkspacePolicy',
  plural: 'krateworkspacepolicies',
  area: 'agents',
  storage: 'config',
  summary: 'How workspaces come to be, how long they stay, and who must agree before one is used.',
  writableBy: 'maintainer',
  spec: z.object({
    mode: z
      .enum(['isolated-worktree', 'on-demand', 'pre-warmed'])
      .describe('How workspaces are meant to be made; Krate checks one out for each run that names none.'),
    retentionPolicy: z
      .object({
        maxAgeHours: z.int().min(0).default(24).describe('After its release; 0 archives at once.'),
        maxCount: z
          .int()
          .min(0)
          .optional()
          .describe('How many are meant to stay; Krate archives by age alone.'),
      })
      .describe('How long a workspace stays.'),
    requiresApproval: z.boolean().default(false).describe('Every run that uses it parks before its launch.'),
    maxConcurrentSessions: z.int().min(0).optional().describe('0: none may start.'),
    deniedTools: z
      .array(z.string().max(60))
      .default([])
      .describe('Kinds of tools that are refused, whatever the profile says.'),
    allowedTools: z.array(z.string().max(60)).default([]).describe('Not empty: only these.'),
    approvalExpiryMinutes: z.int().min(1).max(43_200).default(1440).describe('How long a parked run waits.'),
  }),
  conditions: { Ready: ['Valid'] },
  columns: [
    { name: 'Mode', path: 'spec.mode' },
    { name: 'Max Age', path: 'spec.retentionPolicy.maxAgeHours', type: 'integer' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateWorkspacePolicy',
      metadata: { name: 'isolated-worktree-default', namespace: 'krate-org-acme' },
      spec: { mode: 'isolated-worktree', retentionPolicy: { maxAgeHours: 24 } },
    },
  ],
});
export type KrateWorkspacePolicy = ResourceOf<typeof KrateWorkspacePolicy>;
