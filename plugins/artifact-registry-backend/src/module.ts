import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { artifactRegistryKinds } from '@krate/plugin-artifact-registry-common';

/** Packages: registries, feeds, who may use them, what was published, what was downloaded. Installs itself into the control plane. */
export const artifactRegistryModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'artifact-registry',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({ area: 'artifact-registry', kinds: artifactRegistryKinds });
      },
    });
  },
});
