import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentProviderConfig } from '@krate/plugin-agents-common';
import { Secret } from '@krate/plugin-control-plane-common';
import { met, unmet } from './conditions';

/** Says whether a provider has the key it needs. The key itself is never read here. */
export const agentProviderConfigReconciler = defineReconciler({
  for: AgentProviderConfig,
  reads: { secret: reads.ref(Secret, 'spec.secretRef.name') },

  reconcile({ secret }, { spec }): Result<typeof AgentProviderConfig> {
    const { authType, secretRef, apiBase } = spec;
    if (authType === 'none')
      return { conditions: [met('Ready', 'Configured', `Calls go to ${apiBase} without a key`)] };
    if (!secretRef) {
      const message = `authType ${authType} needs a key: name its Secret in spec.secretRef`;
      return { conditions: [unmet('Ready', 'SecretMissing', message)] };
    }
    if (!secret) {
      const message = `The Secret ${secretRef.name} does not exist: create it with the key ${secretRef.key}`;
      return { conditions: [unmet('Ready', 'SecretMissing', message)] };
    }
    if (!(secretRef.key in (secret.data ?? {}))) {
      const message = `The Secret ${secretRef.name} has no key ${secretRef.key}: add it`;
      return { conditions: [unmet('Ready', 'KeyMissing', message)] };
    }
    return {
      conditions: [met('Ready', 'Configured', `Calls go to ${apiBase} with a key from ${secretRef.name}`)],
    };
  },
});
