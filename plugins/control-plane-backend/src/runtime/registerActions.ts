import { AuthService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ControlPlane, Installation, principalOfCredentials } from '@krate/plugin-control-plane-node';

/** Offers the actions of the areas in Backstage's registry; each call acts with the rights of whoever makes it. */
export function registerActions(
  installations: readonly Installation[],
  services: { controlPlane: ControlPlane; actionsRegistry: ActionsRegistryService; auth: AuthService },
): void {
  const { controlPlane, actionsRegistry, auth } = services;
  for (const { run, ...action } of installations.flatMap(({ actions = [] }) => actions)) {
    actionsRegistry.register({
      ...action,
      action: async ({ input, credentials, logger }) => {
        const principal = principalOfCredentials(auth, credentials);
        const client = controlPlane.clientFor(principal);
        return { output: await run({ input, principal, client, logger }) };
      },
    });
  }
}
