import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { gitRepositoriesServiceRef } from '@krate/plugin-forge-node';
import { readForgeConfig } from './config';
import { forgeInstallation } from './forgeInstallation';

/** The forge: repositories and git hosting, pull requests, pipelines. Installs itself into the control plane. */
export const forgeModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'forge',
  register(env) {
    env.registerInit({
      deps: {
        controlPlane: controlPlaneExtensionPoint,
        repositories: gitRepositoriesServiceRef,
        config: coreServices.rootConfig,
        notifications: notificationService,
      },
      async init({ controlPlane, repositories, config, notifications }) {
        controlPlane.install(
          forgeInstallation({ repositories, config: readForgeConfig(config), notifications }),
        );
      },
    });
  },
});
