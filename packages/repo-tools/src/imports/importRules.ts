import { Layer } from './layerOf';

/** Which layers a layer may import, besides its own package. Nothing points back, so that the whole is a set of steps. */
export const MAY_IMPORT: Readonly<Record<Layer, readonly Layer[]>> = {
  'resource-model': [],
  'schema-rules': ['resource-model'],
  'resource-store': ['resource-model'],
  'controller-runtime': ['resource-model'],
  client: ['resource-model'],
  cli: ['resource-model', 'client'],
  'kube-parity': ['resource-model'],
  'test-postgres': [],
  // Made of the real thing, and used by nobody: what it starts, it kills.
  reliability: [
    'resource-model',
    'resource-store',
    'controller-runtime',
    'test-postgres',
    'common',
    'node',
    'area backend',
  ],
  'repo-tools': ['resource-model', 'cli'],
  // It measures the whole, from the store to the areas; nothing may know it.
  bench: [
    'resource-model',
    'resource-store',
    'controller-runtime',
    'test-postgres',
    'common',
    'node',
    'area backend',
    'module',
  ],
  common: ['resource-model', 'common'],
  react: ['resource-model', 'client', 'common', 'react'],
  screens: ['resource-model', 'common', 'react'],
  node: ['resource-model', 'controller-runtime', 'common', 'node'],
  'area backend': ['resource-model', 'controller-runtime', 'common', 'node'],
  module: ['resource-model', 'controller-runtime', 'common', 'node'],
  app: ['screens'],
  'backend app': ['area backend', 'module'],
};

/** Packages that may import one layer more than their kind, each with the reason. */
export const EXCEPTIONS: readonly { package: string; mayImport: Layer; why: string }[] = [
  {
    package: 'plugins/control-plane-backend',
    mayImport: 'resource-store',
    why: 'it is the API server; everyone else uses its client',
  },
  {
    package: 'plugins/control-plane-backend',
    mayImport: 'schema-rules',
    why: 'it is the API server, which asks the rules of kinds on every write',
  },
  {
    package: 'packages/backend',
    mayImport: 'app',
    why: 'it serves the bundle of the portal, which it finds by this dependency',
  },
];

/**
 * What tests may import on top: the real control plane, to try an area or a module against the server it runs in.
 * Listed as a development dependency.
 */
export const TESTS_MAY_IMPORT: readonly { from: readonly Layer[]; package: string; why: string }[] = [
  {
    from: ['resource-store', 'controller-runtime', 'area backend'],
    package: '@krate/test-postgres',
    why: 'what keeps tables is tried on a real PostgreSQL',
  },
  {
    from: ['area backend', 'repo-tools'],
    package: '@krate/kube-parity',
    why: 'what Krate says is compared with a real kube-apiserver',
  },
  {
    from: ['repo-tools'],
    package: '@krate/schema-rules',
    why: 'the rules of every kind are compiled before any server starts',
  },
  {
    from: ['resource-store', 'controller-runtime', 'area backend', 'module'],
    package: '@krate/test-postgres',
    why: 'what runs on PostgreSQL is tried on a real one',
  },
  {
    from: ['area backend', 'module', 'client'],
    package: '@krate/plugin-control-plane-backend',
    why: 'a test of an area, and of the client, runs in the real control plane',
  },
  {
    from: ['client'],
    package: '@krate/plugin-control-plane-common',
    why: 'the examples of the client need a kind',
  },
  ...['@krate/resource-model', '@krate/plugin-control-plane-common', '@krate/plugin-control-plane-node'].map(
    name => ({
      from: ['backend app'] as const,
      package: name,
      why: 'who may what is asked of the whole backend, for every kind and every route',
    }),
  ),
  {
    from: ['module'],
    package: '@krate/plugin-permission-backend-module-krate',
    why: 'who sees what in the catalog and in search is decided by the real policy',
  },
  {
    from: ['module'],
    package: '@krate/plugin-catalog-backend-module-krate',
    why: 'search asks the catalog who belongs to an organization',
  },
];

/** Layers of another area that an area may import, where dependencies.json lists the edge. */
export const OPEN_TO_OTHER_AREAS: readonly Layer[] = ['common', 'node', 'react'];
