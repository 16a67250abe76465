import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { policyKinds } from '@krate/plugin-policy-common';
import { exceptionRequestAdmission } from './admission/exceptionRequestAdmission';

/** Policies: templates, where they hold, whether they warn or refuse, and exceptions for a time. Installs itself into the control plane. */
export const policyModule = createBackendModule({
  pluginId: 'krate',
  moduleId: 'policy',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({
          area: 'policy',
          kinds: policyKinds,
          admission: [exceptionRequestAdmission()],
        });
      },
    });
  },
});
