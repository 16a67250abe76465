import type { AgentProviderConfig, AgentToolProfile } from '@krate/plugin-agents-common';

type Purpose = 'model-provider-token' | 'tool';

/** A secret that a stack cannot work without. */
export interface SecretNeed {
  purpose: Purpose;
  secret: string;
  /** Absent: any key of the secret. */
  key?: string;
  /** What needs it, in words. */
  neededBy: string;
}

/** The secrets that the parts of a stack need: the provider's key, and what the tool profile requires. */
export function secretNeeds(parts: {
  provider?: AgentProviderConfig;
  toolProfile?: AgentToolProfile;
}): SecretNeed[] {
  const { provider, toolProfile } = parts;
  const key = provider && provider.spec.authType !== 'none' ? provider.spec.secretRef : undefined;
  const model: SecretNeed[] = key
    ? [
        {
          purpose: 'model-provider-token',
          secret: key.name,
          key: key.key,
          neededBy: `provider ${provider!.metadata.name}`,
        },
      ]
    : [];
  const tools = (toolProfile?.spec.requiredSecretRefs ?? []).map((secret): SecretNeed => ({
    purpose: 'tool',
    secret,
    neededBy: `tool profile ${toolProfile!.metadata.name}`,
  }));
  return [...model, ...tools];
}
