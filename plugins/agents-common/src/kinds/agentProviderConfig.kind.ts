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
    provider: z
      .enum(['openai', 'anthropic', 'azure-openai', 'google-vertex', 'openai-compatible', 'custom'])
      .describe('Whose service it is.'),
    authType: z
      .enum(['none', 'bearer', 'api-key'])
      .describe('How the key is sent: not at all, as a bearer token, or in the vendor’s own header.'),
    apiBase: z.url().describe('Up to and including the version, for example `https://api.example.com/v1`.'),
    allowPrivateAddress: z
      .boolean()
      .default(false)
      .describe('The model answers on this machine or in a private network.'),
    secretRef: z
      .object({
        name: ref('Secret').describe('The secret.'),
        key: z.string().max(253).describe('The key in it.'),
      })
      .optional()
      .describe('The key of the service; needed unless `authType` is `none`.'),
    defaultModel: z.string().max(200).optional().describe('The model of stacks that name none.'),
    modelRates: z
      .record(
        z.string(),
        z.object({
          inputUsdPerMillion: z.number().min(0).describe('USD for a million tokens the model reads.'),
          outputUsdPerMillion: z.number().min(0).describe('USD for a million tokens it writes.'),
        }),
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
