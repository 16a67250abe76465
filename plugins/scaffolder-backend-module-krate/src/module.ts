import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import { createApplyAction } from './createApplyAction';
import { createWaitAction } from './createWaitAction';

/** Krate's actions for templates. */
export const scaffolderModuleKrate = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'krate',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        controlPlane: controlPlaneServiceRef,
        auth: coreServices.auth,
      },
      async init({ actions, controlPlane, auth }) {
        const options = { ready: () => controlPlane.ready(), auth };
        actions.addActions(createApplyAction(options), createWaitAction(options));
      },
    });
  },
});
