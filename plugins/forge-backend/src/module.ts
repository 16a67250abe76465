import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { gitRepositoriesServiceRef } from '@krate/plugin-forge-node';
import { forgeInstallation } from './forgeInstallation';

/** The forge: repositories and git hosting, pull requests, pipelines. Installs itself into the control plane. */
export const forgeModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'forge',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint, repositories: gitRepositoriesServiceRef },
      async init({ controlPlane, repositories }) {
        controlPlane.install(forgeInstallation({ repositories }));
      },
    });
  },
});
