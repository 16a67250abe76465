import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { reconnectPolicy, secretKey } from './shapes';

export const AgentTransportBinding = defineKind({
  kind: 'AgentTransportBinding',
  plural: 'agenttransportbindings',
  area: 'agents',
  storage: 'config',
  summary: 'Where and how an adapter that runs elsewhere is reached.',
  writableBy: 'admin',
  spec: z.object({
    adapterRef: ref('AgentAdapter').describe('The adapter it is for.'),
    protocol: z.enum(['stdio', 'http', 'websocket', 'unix']).describe('How the connection is made.'),
    endpoint: z
      .string()
      .min(1)
      .max(2000)
      .describe('A URL, the path of a socket, or a program’s path for `stdio`. Without a password in it.'),
    codec: z.enum(['json', 'json-lines', 'json-rpc']).default('json').describe('How messages are written.'),
    authSecretRef: secretKey.optional().describe('The token that is shown to the other side.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('It answers on this machine or in a private network.'),
    healthCheck: z
      .object({
        path: z.string().max(500).default('/healthz').describe('What is asked, for `http`.'),
        intervalSeconds: z.int().min(5).max(3600).default(30).describe('How often.'),
        timeoutSeconds: z.int().min(1).max(60).default(3).describe('How long an answer may take.'),
      })
      .default({ path: '/healthz', intervalSeconds: 30, timeoutSeconds: 3 })
      .describe('How it is found out that it is there.'),
    reconnectPolicy: reconnectPolicy.describe('What happens when the connection is lost.'),
  }),
  status: z.object({
    connectionStatus: z
      .enum(['unknown', 'connected', 'degraded', 'disconnected'])
      .optional()
      .describe('What the last check found.'),
    lastCheckedAt: z.string().optional().describe('When it was last checked.'),
    latencyMs: z.int().optional().describe('Milliseconds it took to answer.'),
  }),
  conditions: {
    AdapterFound: ['Found', 'AdapterMissing'],
    Reachable: ['Connected', 'Unreachable', 'Unauthorized', 'NotChecked'],
    Ready: ['Available', 'AdapterMissing', 'Unreachable', 'SecretMissing', 'AddressRefused'],
  },
  selectableFields: ['spec.adapterRef'],
  columns: [
    { name: 'Adapter', path: 'spec.adapterRef' },
    { name: 'Protocol', path: 'spec.protocol' },
    { name: 'Endpoint', path: 'spec.endpoint' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentTransportBinding',
      metadata: { name: 'remote-opencode', namespace: 'krate-org-acme' },
      spec: {
        adapterRef: 'opencode',
        protocol: 'http',
        endpoint: 'https://agents.acme.example/v1',
        authSecretRef: { name: 'agent-gateway', key: 'token' },
      },
    },
  ],
});
export type AgentTransportBinding = ResourceOf<typeof AgentTransportBinding>;
