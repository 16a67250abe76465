import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { externalBackendKinds } from '@krate/plugin-external-backends-common';

/** Systems outside: providers, what is bound to them, what they send, what is written to them, where both sides disagree. Installs itself into the control plane. */
export const externalBackendsModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'external-backends',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({ area: 'external-backends', kinds: externalBackendKinds });
      },
    });
  },
});
