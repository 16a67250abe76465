import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { inferenceKinds } from '@krate/plugin-inference-common';

/** Models that are served in the cluster, and the runtimes that load them. Installs itself into the control plane. */
export const inferenceModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'inference',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({ area: 'inference', kinds: inferenceKinds });
      },
    });
  },
});
