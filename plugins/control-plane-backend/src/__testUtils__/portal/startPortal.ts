import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { coreServices, createBackendModule, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ControlPlane, controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import { controlPlanePlugin } from '../../plugin';
import { Portal } from './Portal';

type Features = NonNullable<Parameters<typeof startTestBackend>[0]['features']>;

/** The mock of Backstage's tokens forgets which plugin asks on behalf of a person; the permission backend wants to know. */
const httpAuthWithActor = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const mock = mockServices.httpAuth({ pluginId: plugin.getId() });
    const credentials: typeof mock.credentials = async (req, options) => {
      const found: any = await mock.credentials(req, options);
      const viaPlugin = req.headers.authorization?.startsWith('Bearer mock-service-token:');
      if (found.principal.type !== 'user' || !viaPlugin) return found;
      return {
        ...found,
        principal: { ...found.principal, actor: { type: 'service', subject: 'plugin:any' } },
      };
    };
    return { credentials, issueUserCookie: (response, options) => mock.issueUserCookie(response, options) };
  },
});

/**
 * A real backend with the control plane, the features given and Backstage's permissions, as one meets it
 * over HTTP. Ends with `stop`; started again on the same directory it finds what was there.
 */
export async function startPortal(options: {
  directory: string;
  kinds: readonly Kind[];
  features: Features;
  /** An empty PostgreSQL database to work on instead of SQLite files. */
  databaseUrl?: string;
  /** Added to what every portal has; section by section. */
  config?: { krate?: object; catalog?: object };
}) {
  let controlPlane: ControlPlane | undefined;
  const area = createBackendModule({
    pluginId: 'krate',
    moduleId: 'test-area',
    register(env) {
      env.registerInit({
        deps: { extension: controlPlaneExtensionPoint },
        async init({ extension }) {
          extension.install({
            area: 'test',
            kinds: options.kinds,
            start: running => {
              controlPlane = running;
              return {};
            },
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      controlPlanePlugin,
      area,
      databaseServiceFactory,
      permissionsServiceFactory,
      httpAuthWithActor,
      mockServices.rootConfig.factory({ data: configOf(options) }),
      ...options.features,
    ],
  });
  return new Portal(backend, () => controlPlane!);
}

function configOf({
  directory,
  databaseUrl,
  config: { krate, catalog } = {},
}: Pick<Parameters<typeof startPortal>[0], 'directory' | 'databaseUrl' | 'config'>) {
  const database = databaseUrl
    ? { client: 'pg', pluginDivisionMode: 'schema', connection: databaseUrl }
    : { client: 'better-sqlite3', connection: { directory } };
  return {
    backend: {
      baseUrl: 'http://127.0.0.1:7007',
      database,
    },
    permission: { enabled: true },
    events: { useEventBus: 'never' },
    // As in app-config.yaml.
    catalog: { stitchingStrategy: { pollingInterval: { milliseconds: 250 } }, ...catalog },
    krate: { dataDirectory: directory, api: { enabled: false }, signIn: { printLink: false }, ...krate },
  };
}
