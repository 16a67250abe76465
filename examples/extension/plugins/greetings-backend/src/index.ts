import { greetingsKinds } from '@acme/plugin-greetings-common';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { greetingReconciler } from './greetingReconciler';
import { writeCardEffect } from './writeCardEffect';

/** Everything that greetings bring, in Krate's one extension point. */
export default createBackendModule({
  pluginId: 'krate',
  moduleId: 'greetings',
  register: env =>
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({
          area: 'greetings',
          kinds: greetingsKinds,
          reconcilers: [greetingReconciler],
          start: ({ dataDirectory }) => ({ effects: [writeCardEffect(dataDirectory)] }),
        });
      },
    }),
});
