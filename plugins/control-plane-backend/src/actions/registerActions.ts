import { AuthService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ControlPlane, Installation, principalOfCredentials } from '@krate/plugin-control-plane-node';
import { isObject } from '@krate/resource-model';
import { Actions } from './Actions';
import { backstageErrorOf } from './backstageErrorOf';
import { zodOfJsonSchema } from './zodOfJsonSchema';

interface Services {
  controlPlane: ControlPlane;
  actions: Actions;
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
}

/** Offers everything that can be done in Backstage's registry; each call acts with the rights of whoever makes it. */
export function registerActions(installations: readonly Installation[], services: Services): void {
  registerRoutes(services);
  registerAreaActions(installations, services);
}

/** The routes of the REST facade. */
function registerRoutes({ actions, actionsRegistry, auth }: Services): void {
  for (const { name, title, description, readOnly, idempotent, asksFirst, input: schema } of actions.all()) {
    actionsRegistry.register({
      ...{ name, title, description },
      attributes: { readOnly, idempotent, destructive: asksFirst },
      schema: { input: z => zodOfJsonSchema(z, schema), output: z => z.object({}).passthrough() },
      action: async ({ input, credentials, logger }) => {
        const principal = principalOfCredentials(auth, credentials);
        try {
          const body = await actions.perform(name, input, { principal, logger });
          return { output: isObject(body) ? body : { result: body } };
        } catch (error) {
          throw backstageErrorOf(error);
        }
      },
    });
  }
}

/** What an area does beyond its routes. */
function registerAreaActions(
  installations: readonly Installation[],
  { controlPlane, actionsRegistry, auth }: Services,
): void {
  for (const { run, ...action } of installations.flatMap(({ actions = [] }) => actions)) {
    actionsRegistry.register({
      ...action,
      action: async ({ input, credentials, logger }) => {
        const principal = principalOfCredentials(auth, credentials);
        const client = controlPlane.clientFor(principal);
        try {
          return { output: await run({ input, principal, client, logger }) };
        } catch (error) {
          throw backstageErrorOf(error);
        }
      },
    });
  }
}
