import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { coreServices, createBackendModule, createServiceFactory } from '@backstage/backend-plugin-api';
import { ConfigSources, FileConfigSource, StaticConfigSource } from '@backstage/config-loader';
import { configureRootHttpRouter } from '@krate/plugin-control-plane-backend/testkit';
import { ControlPlane, controlPlaneServiceRef } from '@krate/plugin-control-plane-node';
import type { Application } from 'express';

const ROOT = join(__dirname, '../../../../..');
/** These the test brings itself: a router whose routes can be listed, and a logger that tells nothing. */
const OWN = ['rootHttpRouter', 'rootLogger', 'discoveryFeatureLoader'];

/** The backend as it is shipped, in this process: its features, its configuration, its sign-in. Only the place is another. */
export interface WholeBackend {
  url: string;
  app: Application;
  controlPlane: ControlPlane;
  stop(): Promise<void>;
}

/** Starts what `packages/backend/src/index.ts` starts, so that a plugin that is added there is tested here. */
export async function startWholeBackend(): Promise<WholeBackend> {
  const directory = await mkdtemp(join(tmpdir(), 'krate-isolation-'));
  const port = await freePort();
  const found: { app?: Application; controlPlane?: ControlPlane } = {};
  const backend = createBackend();
  backend.add(
    rootHttpRouterServiceFactory({
      configure(context) {
        found.app = context.app as Application;
        configureRootHttpRouter(context);
      },
    }),
  );
  backend.add(await configured(directory, port));
  for (const name of await shippedFeatures()) backend.add(jest.requireActual(name).default);
  backend.add(peek(controlPlane => (found.controlPlane = controlPlane)));
  await backend.start();
  return {
    url: `http://127.0.0.1:${port}`,
    app: found.app!,
    controlPlane: found.controlPlane!,
    async stop() {
      await backend.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The packages that the backend adds, in its order. */
async function shippedFeatures(): Promise<string[]> {
  const source = await readFile(join(__dirname, '../../index.ts'), 'utf8');
  const added = [...source.matchAll(/^backend\.add\((.*)\);$/gm)].map(([, what]) => what);
  return added.flatMap(what => {
    const [, name] = /^import\('([^']+)'\)$/.exec(what) ?? [];
    if (name) return [name];
    if (OWN.includes(what) || what === 'searchOnPostgres') return [];
    throw new Error(`The backend adds ${what}; say in ${__filename} how it is tested`);
  });
}

/** app-config.yaml, on a free port and in a directory of its own; nothing that acts by itself but the controllers. */
async function configured(directory: string, port: number) {
  const environment: Record<string, string> = {
    PORT: String(port),
    KRATE_DATA_DIR: directory,
    KRATE_ROOT: ROOT,
    KRATE_EXAMPLES: 'none',
  };
  const overrides = {
    krate: {
      signIn: { printLink: false },
      api: { enabled: false, rateLimit: { requestsPerSecond: 100_000 } },
    },
    backend: { logger: { level: 'error' } },
  };
  const config = await ConfigSources.toConfig(
    ConfigSources.merge([
      FileConfigSource.create({
        path: join(ROOT, 'app-config.yaml'),
        substitutionFunc: async name => environment[name],
      }),
      StaticConfigSource.create({ data: overrides }),
    ]),
  );
  return createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => config });
}

/** A look at the control plane from inside, for what only the system may do. */
function peek(found: (controlPlane: ControlPlane) => void) {
  return createBackendModule({
    pluginId: 'krate',
    moduleId: 'isolation',
    register: env =>
      env.registerInit({
        deps: { service: controlPlaneServiceRef },
        async init({ service }) {
          void service.ready().then(found);
        },
      }),
  });
}

async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
