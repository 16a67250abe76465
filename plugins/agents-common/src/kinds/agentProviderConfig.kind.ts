import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentProviderConfig = defineKind({
  kind: 'AgentProviderConfig',
  plural: 'agentproviderconfigs',
  area: 'agents',
  storage: 'config',
  summary: 'A model vendor or gateway: where it answers, which key it takes, what a token costs.',
  writableBy: 'admin',
  spec: z.object({
    provider: z.enum(['openai', 'anthropic', 'azure-openai', 'google-vertex', 'openai-compatible', 'custom']),
    authType: z.enum(['none', 'bearer', 'api-key']),
    apiBase: z.url().describe('Up to and including the version, for example `https://api.example.com/v1`.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('The model answers on this machine or in a private network.'),
    secretRef: z.object({ name: ref('Secret'), key: z.string().max(253) }).optional(),
    defaultModel: z.string().max(200).optional(),
    modelRates: z
      .record(
        z.string(),
        z.object({ inputUsdPerMillion: z.number().min(0), outputUsdPerMillion: z.number().min(0) }),
      )
      .default({})
      .describe('By model name.'),
  }),
  conditions: { Ready: ['Configured', 'SecretMissing', 'KeyMissing'] },
  columns: [
    { name: 'Provider', path: 'spec.provider' },
    { name: 'Endpoint', path: 'spec.apiBase' },
    { name: 'Ready', condition: 'Ready' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentProviderConfig',
      metadata: { name: 'models', namespace: 'krate-org-acme' },
      spec: {
        provider: 'openai-compatible',
        authType: 'bearer',
        apiBase: 'https://models.acme.example/v1',
        secretRef: { name: 'model-key', key: 'apiKey' },
        defaultModel: 'large',
        modelRates: { large: { inputUsdPerMillion: 3, outputUsdPerMillion: 15 } },
      },
    },
  ],
});
export type AgentProviderConfig = ResourceOf<typeof AgentProviderConfig>;
