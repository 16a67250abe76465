import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { secretKey } from './shapes';

const named = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/);

export const AgentMcpServer = defineKind({
  kind: 'AgentMcpServer',
  plural: 'agentmcpservers',
  shortNames: ['mcp'],
  area: 'agents',
  storage: 'config',
  summary: 'A server of tools that agents may use over the Model Context Protocol.',
  writableBy: 'admin',
  spec: z.object({
    description: z.string().max(1000).optional().describe('What its tools do.'),
    transport: z.enum(['streamable-http', 'sse', 'stdio']).describe('How it is spoken to.'),
    scope: z
      .enum(['global', 'org', 'repository', 'stack', 'dispatch'])
      .describe('How far one instance of it is shared; `dispatch`: each run has its own.'),
    url: z
      .string()
      .max(2000)
      .regex(/^https?:\/\/[^\s/@]+(\/[^\s]*)?$/)
      .optional()
      .describe('Where it answers; needed by all transports but `stdio`. Without a password in it.'),
    command: z
      .array(z.string().max(4096))
      .min(1)
      .max(100)
      .optional()
      .describe('Program and arguments, for `stdio`; no shell.'),
    environment: z
      .record(z.string(), z.string().max(4096))
      .default({})
      .describe('Plain switches of the program; never secrets.'),
    secretEnvironment: z
      .array(z.object({ name: named.describe('The variable.'), secretRef: secretKey.describe('Its value.') }))
      .max(50)
      .default([])
      .describe('Variables whose values are secrets; each needs a grant.'),
    headers: z
      .array(z.object({ name: named.describe('The header.'), secretRef: secretKey.describe('Its value.') }))
      .max(20)
      .default([])
      .describe('Headers whose values are secrets; each needs a grant.'),
    configMapRefs: z
      .array(ref('ConfigMap'))
      .max(20)
      .default([])
      .describe('Settings it reads; each needs a grant.'),
    allowedAgentStacks: z
      .array(ref('AgentStack'))
      .max(200)
      .default([])
      .describe('Who may use it. Empty: every stack that names it.'),
    allowedRepositories: z
      .array(ref('Repository'))
      .max(200)
      .default([])
      .describe('Only in runs on these. Empty: every repository.'),
    approvalPolicy: z
      .enum(['prompt', 'readonly-auto-write-prompt', 'auto', 'deny'])
      .default('readonly-auto-write-prompt')
      .describe('Which calls are asked for. Tools that do not say they only read count as writing.'),
    allowedTools: z.array(z.string().max(200)).max(200).default([]).describe('Not empty: only these.'),
    deniedTools: z.array(z.string().max(200)).max(200).default([]).describe('Never these.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('It answers on this machine or in a private network.'),
    timeoutSeconds: z.int().min(1).max(600).default(30).describe('How long a call may take.'),
    enabled: z.boolean().default(true).describe('False takes it from everybody.'),
  }),
  status: z.object({
    health: z
      .enum(['Unknown', 'Ready', 'Degraded', 'Denied', 'Failed', 'Disabled'])
      .optional()
      .describe('What the last probe found.'),
    discoveredTools: z.array(z.string()).optional().describe('The tools it offers.'),
    serverName: z.string().optional().describe('What it calls itself.'),
    serverVersion: z.string().optional().describe('Its version.'),
    lastProbedAt: z.string().optional().describe('When it was last asked.'),
    latencyMs: z.int().optional().describe('Milliseconds it took to answer.'),
  }),
  conditions: {
    Healthy: ['Probed', 'Unreachable', 'ProtocolError', 'NoEndpoint', 'Denied', 'Disabled'],
    SecretsGranted: ['Granted', 'NoneRequired', 'MissingSecretGrant'],
    Ready: ['Available', 'Unhealthy', 'MissingSecretGrant', 'Disabled', 'Invalid'],
  },
  columns: [
    { name: 'Transport', path: 'spec.transport' },
    { name: 'Scope', path: 'spec.scope' },
    { name: 'Health', path: 'status.health' },
    { name: 'Ready', condition: 'Ready' },
    { name: 'URL', path: 'spec.url', priority: 1 },
  ],
  catalog: { as: 'API', type: 'mcp-server' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentMcpServer',
      metadata: { name: 'issue-tracker', namespace: 'krate-org-acme' },
      spec: {
        description: 'Reads and writes the tickets of the help desk.',
        transport: 'streamable-http',
        url: 'https://tickets.acme.example/mcp',
        scope: 'repository',
        headers: [{ name: 'Authorization', secretRef: { name: 'tickets', key: 'authorization' } }],
        allowedAgentStacks: ['fixer'],
      },
    },
  ],
});
export type AgentMcpServer = ResourceOf<typeof AgentMcpServer>;
