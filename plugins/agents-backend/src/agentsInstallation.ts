import { agentKinds } from '@krate/plugin-agents-common';
import { Installation } from '@krate/plugin-control-plane-node';
import { adapterCommandObserver } from './observers/adapterCommandObserver';
import { agentAdapterReconciler } from './reconcilers/agentAdapterReconciler';
import { agentProviderConfigReconciler } from './reconcilers/agentProviderConfigReconciler';
import { agentSecretGrantReconciler } from './reconcilers/agentSecretGrantReconciler';
import { agentServiceAccountReconciler } from './reconcilers/agentServiceAccountReconciler';
import { agentStackReconciler } from './reconcilers/agentStackReconciler';
import { agentToolProfileReconciler } from './reconcilers/agentToolProfileReconciler';
import { krateWorkspacePolicyReconciler } from './reconcilers/krateWorkspacePolicyReconciler';

/** Everything the agents area brings, as a table of contents. */
export function agentsInstallation(): Installation {
  return {
    area: 'agents',
    kinds: agentKinds,
    reconcilers: [
      agentAdapterReconciler,
      agentProviderConfigReconciler,
      agentServiceAccountReconciler,
      agentSecretGrantReconciler,
      agentToolProfileReconciler,
      krateWorkspacePolicyReconciler,
      agentStackReconciler,
    ],
    start: () => ({ observers: [adapterCommandObserver] }),
  };
}
