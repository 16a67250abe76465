import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import { KrateEntityProvider } from './KrateEntityProvider';
import { KrateKindProcessor } from './KrateKindProcessor';

/** Mirrors Krate's resources in the catalog. */
export const catalogModuleKrate = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'krate',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        controlPlane: controlPlaneServiceRef,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
      },
      async init({ catalog, controlPlane, logger, lifecycle }) {
        const stop = new AbortController();
        lifecycle.addShutdownHook(() => stop.abort());
        catalog.addProcessor(new KrateKindProcessor());
        catalog.addEntityProvider(
          new KrateEntityProvider({ ready: () => controlPlane.ready(), logger, signal: stop.signal }),
        );
      },
    });
  },
});
