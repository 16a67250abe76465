import { resolve } from 'node:path';
import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import { ChangeDrivenRunner } from './ChangeDrivenRunner';
import { OBJECT_TYPES, typeOf } from './documentOf';
import { followKinds } from './followKinds';
import { GuideCollatorFactory } from './GuideCollatorFactory';
import { ObjectCollatorFactory } from './ObjectCollatorFactory';

/** Least time between two indexings of one type under steady change. */
const REST_MS = 2_000;

/** Puts Krate's objects and documentation into the portal's search. */
export const searchModuleKrate = createBackendModule({
  pluginId: 'search',
  moduleId: 'krate',
  register(env) {
    env.registerInit({
      deps: {
        index: searchIndexRegistryExtensionPoint,
        service: controlPlaneServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
      },
      async init({ index, service, config, logger, lifecycle }) {
        const stop = new AbortController();
        lifecycle.addShutdownHook(() => stop.abort());
        const { signal } = stop;
        const runner = () => new ChangeDrivenRunner({ logger, signal, restMs: REST_MS });

        for (const type of OBJECT_TYPES) {
          const schedule = runner();
          index.addCollator({ schedule, factory: new ObjectCollatorFactory(type, () => service.ready()) });
          // Not awaited: search must become ready whether or not the control plane is.
          void service.ready().then(controlPlane => {
            // What vanished while this process was away is told by no event.
            schedule.trigger();
            const kinds = controlPlane.kinds.all().filter(kind => typeOf(kind) === type);
            return followKinds(controlPlane, kinds, { changed: () => schedule.trigger(), signal, logger });
          });
        }

        // Files of an installation change with the installation.
        const guides = runner();
        const directory = resolve(config.getOptionalString('krate.docsDirectory') ?? 'docs');
        index.addCollator({ schedule: guides, factory: new GuideCollatorFactory(directory) });
        guides.trigger();
      },
    });
  },
});
