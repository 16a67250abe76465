import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentToolProfile } from '@krate/plugin-agents-common';
import { Secret } from '@krate/plugin-control-plane-common';
import { met, unmet } from './conditions';

/** Says whether the secrets that a profile's tools need exist. */
export const agentToolProfileReconciler = defineReconciler({
  for: AgentToolProfile,
  reads: { secrets: reads.refs(Secret, 'spec.requiredSecretRefs') },

  reconcile({ secrets }): Result<typeof AgentToolProfile> {
    if (secrets.missing.length === 0)
      return { conditions: [met('Ready', 'Valid', 'The profile can be used')] };
    const message = `These Secrets do not exist: ${secrets.missing.join(', ')}. Create them`;
    return { conditions: [unmet('Ready', 'SecretMissing', message)] };
  },
});
