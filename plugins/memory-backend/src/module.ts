import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { memoryKinds } from '@krate/plugin-memory-common';

/** The company brain: what agents remember, who reads it, and the reviewed ways in. Installs itself into the control plane. */
export const memoryModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'memory',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({ area: 'memory', kinds: memoryKinds });
      },
    });
  },
});
