import { createBackendModule } from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { gitRepositoriesServiceRef } from '@krate/plugin-forge-node';
import { agentsInstallation } from './agentsInstallation';

/** Agents: stacks, reviewed runs, workspaces, write-back. Installs itself into the control plane. */
export const agentsModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'agents',
  register(env) {
    env.registerInit({
      deps: {
        controlPlane: controlPlaneExtensionPoint,
        repositories: gitRepositoriesServiceRef,
        notifications: notificationService,
      },
      async init({ controlPlane, repositories, notifications }) {
        controlPlane.install(agentsInstallation({ repositories, notifications }));
      },
    });
  },
});
