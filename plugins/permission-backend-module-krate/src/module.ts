import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import { KratePolicy } from './KratePolicy';

/** Lets Krate's own resources decide what Backstage's permission framework asks. */
export const permissionModuleKratePolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'krate-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint, service: controlPlaneServiceRef },
      async init({ policy, service }) {
        policy.setPolicy(new KratePolicy(() => service.ready()));
      },
    });
  },
});
