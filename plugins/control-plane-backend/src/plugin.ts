import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  controlPlaneExtensionPoint,
  controlPlaneServiceRef,
  Installation,
} from '@krate/plugin-control-plane-node';
import { registerActions } from './actions/registerActions';
import { readConfig } from './config';
import { startControlPlane } from './runtime/startControlPlane';

/**
 * The control plane (plugin `krate`): the resource API with everything it stands on, and the reconcilers of every area
 * that installed itself. It authenticates every kind of token itself, so Backstage's own barrier is opened for it.
 */
export const controlPlanePlugin = createBackendPlugin({
  pluginId: 'krate',
  register(env) {
    const installations: Installation[] = [];
    env.registerExtensionPoint(controlPlaneExtensionPoint, {
      install: installation => {
        installations.push(installation);
      },
    });
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        database: coreServices.database,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        actionsRegistry: actionsRegistryServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        rootHttpRouter: coreServices.rootHttpRouter,
        lifecycle: coreServices.lifecycle,
        notifications: notificationService,
        service: controlPlaneServiceRef,
      },
      async init({
        config,
        database,
        httpRouter,
        rootHttpRouter,
        lifecycle,
        service,
        actionsRegistry,
        ...services
      }) {
        const running = await startControlPlane({
          ...services,
          config: readConfig(config),
          knex: await database.getClient(),
          installations,
        });
        registerActions(installations, { ...running, actionsRegistry, auth: services.auth });
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.use(running.router);
        running.rootRoutes.forEach(({ path, handler }) => rootHttpRouter.use(path, handler));
        lifecycle.addStartupHook(() => running.begin());
        lifecycle.addShutdownHook(() => running.stop());
        service.provide(running.controlPlane);
      },
    });
  },
});
