import { WorkspacePackage } from '../workspace/readWorkspace';

/** What a package is, as far as imports are concerned. */
export const LAYERS = [
  'resource-model',
  'schema-rules',
  'resource-store',
  'controller-runtime',
  'client',
  'cli',
  'kube-parity',
  'test-postgres',
  'reliability',
  'repo-tools',
  'bench',
  'app',
  'backend app',
  'common',
  'react',
  'screens',
  'node',
  'area backend',
  'module',
] as const;
export type Layer = (typeof LAYERS)[number];

/** A package's place: its layer and, for plugins, its area. */
export interface Place {
  layer: Layer;
  /** Absent below `packages/`, which knows no areas. */
  area?: string;
}

/** Backstage's own plugins that Krate adds a module to; such modules belong to the control plane. */
const HOSTS = ['auth', 'catalog', 'permission', 'scaffolder', 'search', 'techdocs'];
const BY_ROLE: Record<string, Layer> = {
  'common-library': 'common',
  'web-library': 'react',
  'frontend-plugin': 'screens',
  'frontend-plugin-module': 'screens',
  'node-library': 'node',
  'backend-plugin': 'area backend',
  'backend-plugin-module': 'area backend',
};

/**
 * Where a package stands, from its folder and role: `plugins/<area>[-common|-node|-react|-backend[-module-<provider>]]`.
 *
 * @throws Error for a package that fits nowhere, so that no new one escapes the rules
 */
export function layerOf({ directory, manifest }: WorkspacePackage): Place {
  const [group, name] = directory.split('/');
  if (group === 'packages') {
    const layer = name === 'backend' ? 'backend app' : LAYERS.find(known => known === name);
    if (!layer)
      throw new Error(`${directory} is in no layer: give it one in packages/repo-tools/src/imports`);
    return { layer };
  }
  const layer = BY_ROLE[manifest.backstage?.role ?? ''];
  if (!layer) throw new Error(`${directory} has the role ${manifest.backstage?.role}, which no layer has`);
  const module = /^(.+)-backend-module-/.exec(name);
  if (module) return { layer: 'module', area: HOSTS.includes(module[1]) ? 'control-plane' : module[1] };
  return { layer, area: name.replace(/-(common|node|react|backend)$/, '') };
}
