import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const SURFACES = [
  'preview',
  'dev-server',
  'terminal',
  'editor',
  'logs',
  'health-probe',
  'port-forward',
  'mcp',
] as const;

export const KrateWorkspaceRuntime = defineKind({
  kind: 'KrateWorkspaceRuntime',
  plural: 'krateworkspaceruntimes',
  area: 'agents',
  storage: 'record',
  summary: 'What runs in a workspace and can be looked at: a preview, an editor, a terminal, a server.',
  writableBy: 'developer',
  spec: z.object({
    workspaceRef: ref('KrateWorkspace').describe('The workspace.'),
    desiredState: z.enum(['running', 'stopped']).default('running').describe('What it should be.'),
    command: z
      .array(z.string().max(4096))
      .min(1)
      .max(100)
      .optional()
      .describe('Program and arguments that are started; no shell. Absent: only what the surfaces need.'),
    cwd: z
      .string()
      .max(1000)
      .regex(/^[^\/]/)
      .optional()
      .describe('The folder it is started in, from the workspace’s own.'),
    environment: z
      .record(z.string(), z.string().max(4096))
      .default({})
      .describe('Plain switches of the program; never secrets.'),
    surfaces: z
      .array(
        z.object({
          name: z.string().min(1).max(63).describe('What it is called.'),
          type: z.enum(SURFACES).describe('What it is.'),
          port: z.int().min(1).max(65_535).optional().describe('Where it listens in the workspace.'),
          path: z.string().max(500).optional().describe('Where on that port.'),
        }),
      )
      .max(20)
      .default([])
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] })
      .describe('What can be looked at.'),
    idleTimeoutMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .default(60)
      .describe('It is stopped when nobody looks for so long.'),
  }),
  status: z.object({
    phase: z
      .enum(['Provisioning', 'Active', 'Stopping', 'Stopped', 'Failed'])
      .optional()
      .describe('What it is.'),
    node: z.string().optional().describe('The host that holds the process.'),
    previewUrl: z.string().optional().describe('Where people look at it; it asks who they are.'),
    surfaces: z
      .array(
        z.object({
          name: z.string().describe('Which one.'),
          ready: z.boolean().describe('Whether it answers.'),
          url: z.string().optional().describe('Where people reach it. Never with a token in it.'),
        }),
      )
      .optional()
      .describe('What can be looked at now.'),
    connectedUsers: z.int().optional().describe('How many people look at it.'),
    startedAt: z.string().optional().describe('When it was started.'),
    stoppedAt: z.string().optional().describe('When it was stopped.'),
    exitCode: z.int().optional().describe('How the program ended.'),
  }),
  conditions: {
    WorkspaceReady: ['WorkspaceReady', 'WorkspaceMissing', 'WorkspaceArchived', 'WorkspacePreparing'],
    Ready: ['Active', 'Starting', 'Stopped', 'Crashed', 'IdleTimeout', 'WorkspaceNotReady'],
  },
  immutable: ['spec.workspaceRef'],
  selectableFields: ['spec.workspaceRef', 'status.phase'],
  columns: [
    { name: 'Workspace', path: 'spec.workspaceRef' },
    { name: 'Wanted', path: 'spec.desiredState' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Preview', path: 'status.previewUrl' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateWorkspaceRuntime',
      metadata: { name: 'fix-x7k2p', namespace: 'krate-org-acme' },
      spec: {
        workspaceRef: 'fix-x7k2p',
        command: ['npm', 'run', 'dev'],
        surfaces: [{ name: 'web', type: 'preview', port: 3000 }],
      },
    },
  ],
  docs: `What it is like at the moment is in the status, where every kind has it; what it should be is \`spec.desiredState\`.`,
});
export type KrateWorkspaceRuntime = ResourceOf<typeof KrateWorkspaceRuntime>;
