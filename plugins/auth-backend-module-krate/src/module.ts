import { createBackendModule } from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import { registerExternalProviders } from './externalProviders';
import { createLocalProvider } from './createLocalProvider';

/**
 * The sign-in provider `local` (single-use links of the control plane, then a session cookie), and `oidc` and `github` where
 * the app-config has them.
 */
export const authModuleLocalProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'krate-local-provider',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint, service: controlPlaneServiceRef },
      async init({ providers, service }) {
        providers.registerProvider({
          providerId: 'local',
          factory: ({ baseUrl, resolverContext }) =>
            createLocalProvider({ baseUrl, resolverContext, controlPlane: () => service.ready() }),
        });
        registerExternalProviders(providers, () => service.ready());
      },
    });
  },
});
