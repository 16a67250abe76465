import { NotificationService } from '@backstage/plugin-notifications-node';
import { agentKinds } from '@krate/plugin-agents-common';
import { Installation } from '@krate/plugin-control-plane-node';
import { GitRepositories } from '@krate/plugin-forge-node';
import { approvalAdmission } from './admission/approvalAdmission';
import { runAdmission } from './admission/runAdmission';
import { workspaceAdmission } from './admission/workspaceAdmission';
import { AgentRuns } from './agent/AgentRuns';
import { Layout } from './agent/Layout';
import {
  agentProcessEffect,
  answerPermissionEffect,
  removeRunDirectoryEffect,
  removeStreamsEffect,
  storeArtifactEffect,
} from './effects/agentEffects';
import {
  claimWorkspaceEffect,
  prepareWorkspaceEffect,
  releaseWorkspaceEffect,
  removeWorkspaceEffect,
} from './effects/workspaceEffects';
import { openPullRequestEffect, pushBranchEffect } from './effects/writeBackEffects';
import { agentsFacade } from './facade';
import { ModelRoute } from './model/ModelRoute';
import { notifyEffect } from './notifications/notifyEffect';
import { adapterCommandObserver } from './observers/adapterCommandObserver';
import { poolQueueObserver } from './observers/poolQueueObserver';
import { Isolation, probeIsolation } from './process';
import { ActiveRuns } from './queue/ActiveRuns';
import { agentAdapterReconciler } from './reconcilers/agentAdapterReconciler';
import { agentApprovalReconciler } from './reconcilers/agentApprovalReconciler';
import { agentDispatchAttemptReconciler } from './reconcilers/agentDispatchAttemptReconciler';
import { agentDispatchRunReconciler } from './reconcilers/agentDispatchRunReconciler';
import { agentProviderConfigReconciler } from './reconcilers/agentProviderConfigReconciler';
import { agentSecretGrantReconciler } from './reconcilers/agentSecretGrantReconciler';
import { agentServiceAccountReconciler } from './reconcilers/agentServiceAccountReconciler';
import { agentSessionReconciler } from './reconcilers/agentSessionReconciler';
import { agentStackReconciler } from './reconcilers/agentStackReconciler';
import { agentToolProfileReconciler } from './reconcilers/agentToolProfileReconciler';
import { krateArtifactReconciler } from './reconcilers/krateArtifactReconciler';
import { krateWorkspacePolicyReconciler } from './reconcilers/krateWorkspacePolicyReconciler';
import { krateWorkspaceReconciler } from './reconcilers/krateWorkspaceReconciler';
import { Workspaces } from './workspace/Workspaces';

export interface AgentsOptions {
  repositories: GitRepositories;
  notifications: Pick<NotificationService, 'send'>;
  /** What this machine enforces; found out by starting a sandbox where it is not given. */
  isolation?: Isolation;
}

/** Everything the agents area brings, as a table of contents. */
export function agentsInstallation({ repositories, notifications, isolation }: AgentsOptions): Installation {
  return {
    area: 'agents',
    kinds: agentKinds,
    admission: [runAdmission, approvalAdmission(), workspaceAdmission],
    reconcilers: [
      agentAdapterReconciler,
      agentProviderConfigReconciler,
      agentServiceAccountReconciler,
      agentSecretGrantReconciler,
      agentToolProfileReconciler,
      krateWorkspacePolicyReconciler,
      agentStackReconciler,
      agentDispatchRunReconciler,
      krateWorkspaceReconciler,
      agentDispatchAttemptReconciler,
      agentSessionReconciler,
      agentApprovalReconciler,
      krateArtifactReconciler,
    ],
    facade: agentsFacade,
    dataDirectories: [
      { name: 'runs', leftOut: 'agents at work on this machine; their transcripts are streams' },
      { name: 'workspaces', leftOut: 'work that was not taken back yet' },
      { name: 'programs', leftOut: 'written when they are needed' },
      { name: 'uids', leftOut: 'which user ids runs on this machine have' },
    ],
    async start(controlPlane) {
      const { client, streams, wake, logger } = controlPlane;
      const layout = new Layout(controlPlane.dataDirectory);
      const found = isolation ?? (await probeIsolation());
      if (found.reason)
        logger.warn(`Agents are not isolated by bubblewrap: ${found.reason}. ${found.remedy ?? ''}`);
      const route = new ModelRoute(controlPlane);
      const runs = new AgentRuns({
        controlPlane,
        repositories,
        layout,
        isolation: found,
        modelRoute: (input, agent) => route.handlerFor(input, agent),
      });
      const workspaces = new Workspaces(repositories, layout);
      const active = new ActiveRuns({
        client,
        wake,
        onError: error =>
          logger.error(`The queues of the pools lost their watch, which begins anew: ${error}`),
      });
      await active.start();
      return {
        effects: [
          prepareWorkspaceEffect(workspaces),
          removeWorkspaceEffect(workspaces),
          claimWorkspaceEffect(client),
          releaseWorkspaceEffect(client),
          agentProcessEffect(runs),
          answerPermissionEffect(runs),
          removeRunDirectoryEffect(runs, streams),
          storeArtifactEffect(streams, layout),
          removeStreamsEffect(streams),
          pushBranchEffect(repositories, layout),
          openPullRequestEffect(client),
          notifyEffect(client, notifications),
        ],
        observers: [adapterCommandObserver, poolQueueObserver(active)],
        stop: () => active.stop(),
      };
    },
  };
}
