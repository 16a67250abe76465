import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { reconnectPolicy, secretKey } from './shapes';

export const AgentGatewayConfig = defineKind({
  kind: 'AgentGatewayConfig',
  plural: 'agentgatewayconfigs',
  area: 'agents',
  storage: 'config',
  summary: 'The link to an outside runtime that starts agents and streams what they do.',
  writableBy: 'admin',
  spec: z.object({
    gatewayUrl: z
      .string()
      .max(2000)
      .regex(/^(https?|wss?):\/\/[^\s/@]+(\/[^\s]*)?$/)
      .describe('Where it answers. Without a password in it.'),
    authSecretRef: secretKey.optional().describe('The token that is shown to it.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('It answers on this machine or in a private network.'),
    featureFlags: z
      .object({
        streaming: z.boolean().default(true).describe('It streams events while an agent works.'),
        reconnect: z.boolean().default(true).describe('A stream goes on after the last event that was seen.'),
        healthCheck: z.boolean().default(true).describe('It answers health checks.'),
      })
      .default({ streaming: true, reconnect: true, healthCheck: true })
      .describe('What the runtime can do.'),
    connectionPool: z
      .object({
        maxConnections: z.int().min(1).max(1000).default(10).describe('At once.'),
        timeoutMs: z
          .int()
          .min(100)
          .max(600_000)
          .default(30_000)
          .describe('Milliseconds to wait for an answer.'),
      })
      .default({ maxConnections: 10, timeoutMs: 30_000 })
      .describe('How many connections are held.'),
    reconnectPolicy: reconnectPolicy.describe('What happens when a connection is lost.'),
    caConfigMapRef: z
      .object({
        name: ref('ConfigMap').describe('The config map.'),
        key: z.string().min(1).max(253).default('ca.crt').describe('The key in it.'),
      })
      .optional()
      .describe('Certificate authorities to trust besides those of the system, as PEM.'),
  }),
  status: z.object({
    phase: z.enum(['Connected', 'Degraded', 'Disconnected']).optional().describe('How the link is.'),
    runtimeVersion: z.string().optional().describe('The runtime’s version.'),
    lastCheckedAt: z.string().optional().describe('When it was last checked.'),
  }),
  conditions: {
    Reachable: ['Connected', 'Unreachable', 'Unauthorized', 'CertificateRefused', 'NotChecked'],
    Ready: ['Available', 'Unreachable', 'SecretMissing', 'ConfigMapMissing', 'AddressRefused'],
  },
  columns: [
    { name: 'URL', path: 'spec.gatewayUrl' },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentGatewayConfig',
      metadata: { name: 'agent-mux', namespace: 'krate-org-acme' },
      spec: {
        gatewayUrl: 'wss://agents.acme.example/gateway',
        authSecretRef: { name: 'agent-gateway', key: 'token' },
      },
    },
  ],
});
export type AgentGatewayConfig = ResourceOf<typeof AgentGatewayConfig>;
