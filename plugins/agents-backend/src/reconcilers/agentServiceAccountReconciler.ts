import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentServiceAccount } from '@krate/plugin-agents-common';
import { Repository } from '@krate/plugin-forge-common';
import { met, unmet } from './conditions';

/** Says whether an agent's identity can be used. */
export const agentServiceAccountReconciler = defineReconciler({
  for: AgentServiceAccount,
  reads: { repositories: reads.refs(Repository, 'spec.allowedRepositories') },

  reconcile({ repositories }, { spec }): Result<typeof AgentServiceAccount> {
    const { missing } = repositories;
    if (missing.length > 0) {
      const message = `These repositories do not exist: ${missing.join(', ')}. Create them or take them off spec.allowedRepositories`;
      return { status: { phase: 'Pending' }, conditions: [unmet('Ready', 'RepositoryMissing', message)] };
    }
    const reach = spec.allowedRepositories.join(', ') || 'no repository yet';
    return { status: { phase: 'Ready' }, conditions: [met('Ready', 'Usable', `May work on ${reach}`)] };
  },
});
