import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { agentsInstallation } from './agentsInstallation';

/** Agents: stacks, reviewed runs, workspaces, write-back. Installs itself into the control plane. */
export const agentsModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'agents',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install(agentsInstallation());
      },
    });
  },
});
