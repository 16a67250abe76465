import { AddressInfo } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { catalogProcessingExtensionPoint, EntityProvider } from '@backstage/plugin-catalog-node';
import { ControlPlane, controlPlaneExtensionPoint, Installation } from '@krate/plugin-control-plane-node';
import type { Server } from 'node:http';
import { deferred } from '../harness/deferred';

/** The running backend of a bench. */
export interface KrateBackend {
  port: number;
  controlPlane: ControlPlane;
  stop(): Promise<void>;
}

/** Warnings and errors only: what a bench prints is its table. */
const quietLogger = createServiceFactory({
  service: coreServices.rootLogger,
  deps: {},
  factory: (): RootLoggerService => {
    const say = (message: string, meta?: unknown) =>
      process.stderr.write(`${message} ${meta instanceof Error ? meta.stack : JSON.stringify(meta ?? {})}\n`);
    const logger: RootLoggerService = {
      error: say,
      warn: () => {},
      info: () => {},
      debug: () => {},
      child: () => logger,
    };
    return logger;
  },
});

/**
 * The real backend: the control plane with all it stands on, in Backstage's own services, over plain HTTP since the peers
 * have no TLS, and without the portal's general middleware, which the Kubernetes API's own listener has not either.
 */
export async function startKrateBackend(options: {
  directory: string;
  installation: Omit<Installation, 'area' | 'start'>;
  forge?: boolean;
  /** With a catalog, which this provider feeds as well. */
  provider?: EntityProvider;
}): Promise<KrateBackend> {
  const backend = createBackend();
  let server: Server | undefined;
  const running = deferred<ControlPlane>();
  backend.add(configOf(options.directory));
  backend.add(quietLogger);
  backend.add(
    rootHttpRouterServiceFactory({
      configure: context => {
        context.app.use(context.routes);
        server = context.server as Server;
      },
    }),
  );
  backend.add(import('@krate/plugin-control-plane-backend'));
  backend.add(areaOf(options.installation, running.resolve));
  if (options.forge) backend.add(import('@krate/plugin-forge-backend'));
  if (options.provider) {
    backend.add(import('@backstage/plugin-catalog-backend'));
    backend.add(import('@krate/plugin-catalog-backend-module-krate'));
    backend.add(feeding(options.provider));
  }
  await backend.start();
  const { port } = server!.address() as AddressInfo;
  return { port, controlPlane: await running.promise, stop: () => backend.stop() };
}

function configOf(directory: string) {
  const data = {
    app: { baseUrl: 'http://127.0.0.1' },
    backend: {
      baseUrl: 'http://127.0.0.1',
      listen: { host: '127.0.0.1', port: 0 },
      database: { client: 'better-sqlite3', connection: { directory } },
      auth: { dangerouslyDisableDefaultAuthPolicy: true },
    },
    events: { useEventBus: 'never' },
    // As in app-config.yaml.
    catalog: {
      stitchingStrategy: { pollingInterval: { milliseconds: 250 } },
      rules: [{ allow: ['Component', 'Group', 'User', 'System', 'Resource', 'Domain'] }],
    },
    krate: {
      dataDirectory: directory,
      // One client asks as much as it can here; what counting it costs is a map look-up.
      api: { enabled: false, rateLimit: { enabled: false } },
      signIn: { printLink: false },
    },
  };
  return createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader(data),
  });
}

function areaOf(parts: Partial<Installation>, started: (controlPlane: ControlPlane) => void) {
  const installation: Installation = {
    ...parts,
    area: 'bench',
    start: controlPlane => {
      started(controlPlane);
      return {};
    },
  };
  return createBackendModule({
    pluginId: 'krate',
    moduleId: 'bench',
    register: env =>
      env.registerInit({
        deps: { extension: controlPlaneExtensionPoint },
        init: async ({ extension }) => extension.install(installation),
      }),
  });
}

function feeding(provider: EntityProvider) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'bench',
    register: env =>
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        init: async ({ catalog }) => catalog.addEntityProvider(provider),
      }),
  });
}
