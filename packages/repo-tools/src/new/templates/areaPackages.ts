import { camel, pluralOf, words } from '../names';

/** Gives the version of a package that this repository uses everywhere. */
export type VersionOf = (name: string) => string;

const COMMON = ['@krate/resource-model', 'zod'];
const COMMON_DEV = ['@backstage/cli', '@krate/plugin-control-plane-common'];
const BACKEND = [
  '@backstage/backend-plugin-api',
  '@krate/controller-runtime',
  '@krate/plugin-control-plane-node',
];
const SCREENS = ['@backstage/frontend-plugin-api', '@krate/plugin-control-plane-react'];
const SCREENS_DEV = [
  '@backstage/cli',
  '@backstage/frontend-test-utils',
  '@krate/resource-model',
  '@testing-library/jest-dom',
  '@testing-library/react',
  'react',
  'react-dom',
  'react-router-dom',
];

/** The package.json of an area's `-common` package. */
export function commonManifest(area: string, versionOf: VersionOf): string {
  return manifest({
    name: `@krate/plugin-${area}-common`,
    entry: 'dist/index.cjs.js',
    backstage: { role: 'common-library', pluginId: area },
    dependencies: versions(COMMON, versionOf),
    devDependencies: versions(COMMON_DEV, versionOf),
  });
}

/** The package.json of an area's `-backend` package. */
export function backendManifest(area: string, versionOf: VersionOf): string {
  return manifest({
    name: `@krate/plugin-${area}-backend`,
    entry: 'dist/index.cjs.js',
    backstage: {
      role: 'backend-plugin-module',
      pluginId: 'krate',
      pluginPackage: '@krate/plugin-control-plane-backend',
    },
    dependencies: { ...versions(BACKEND, versionOf), [`@krate/plugin-${area}-common`]: '*' },
    devDependencies: versions(['@backstage/cli'], versionOf),
  });
}

/** The package.json of an area's screens. */
export function screensManifest(area: string, versionOf: VersionOf): string {
  return manifest({
    name: `@krate/plugin-${area}`,
    entry: 'dist/index.esm.js',
    backstage: { role: 'frontend-plugin', pluginId: area },
    dependencies: { ...versions(SCREENS, versionOf), [`@krate/plugin-${area}-common`]: '*' },
    devDependencies: versions(SCREENS_DEV, versionOf),
    peerDependencies: Object.fromEntries(
      ['react', 'react-dom', 'react-router-dom'].map(name => [name, `^${versionOf(name)}`]),
    ),
  });
}

function manifest(parts: {
  name: string;
  entry: string;
  backstage: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}): string {
  const { name, entry, ...rest } = parts;
  const value = {
    name,
    version: '0.1.0',
    license: 'Apache-2.0',
    main: 'src/index.ts',
    types: 'src/index.ts',
    publishConfig: { access: 'public', main: entry, types: 'dist/index.d.ts' },
    backstage: rest.backstage,
    files: ['dist'],
    scripts: {
      build: 'backstage-cli package build',
      lint: 'backstage-cli package lint',
      test: 'backstage-cli package test',
    },
    dependencies: sorted(rest.dependencies),
    devDependencies: sorted(rest.devDependencies),
    ...(rest.peerDependencies && { peerDependencies: rest.peerDependencies }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function versions(names: readonly string[], versionOf: VersionOf): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, versionOf(name)]));
}

function sorted(value: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The module that installs an area. */
export function moduleFile(area: string, kind: string): string {
  return `import { createBackendModule } from '@backstage/backend-plugin-api';
import { controlPlaneExtensionPoint } from '@krate/plugin-control-plane-node';
import { ${camel(area)}Kinds } from '@krate/plugin-${area}-common';
import { ${camel(kind)}Reconciler } from './reconcilers/${camel(kind)}Reconciler';

/** Installs ${words(area).replace(/-/g, ' ')} into the control plane. */
export const ${camel(area)}Module = createBackendModule({
  pluginId: 'krate',
  moduleId: '${area}',
  register(env) {
    env.registerInit({
      deps: { controlPlane: controlPlaneExtensionPoint },
      async init({ controlPlane }) {
        controlPlane.install({
          area: '${area}',
          kinds: ${camel(area)}Kinds,
          reconcilers: [${camel(kind)}Reconciler],
        });
      },
    });
  },
});
`;
}

/** The plugin that shows an area. */
export function pluginFile(area: string, kind: string): string {
  return `import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { ${camel(kind)}Tab } from './${pluralOf(kind)}/extension';

/** ${area.replace(/-/g, ' ')} on screen. */
export const ${camel(area)}Plugin = createFrontendPlugin({
  pluginId: '${area}',
  extensions: [...${camel(kind)}Tab],
});
`;
}

/** The README of one of an area's packages. */
export function readmeFile(parts: {
  title: string;
  what: string;
  api: string;
  develop: string;
  notes: string;
}): string {
  const { title, what, api, develop, notes } = parts;
  return `# ${title}

## What

${what}

## Kinds or API

${api}

## Configure

Nothing.

## Develop

${develop}

## Design notes

${notes}
`;
}
