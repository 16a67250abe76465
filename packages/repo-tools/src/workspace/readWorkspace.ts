import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The parts of a package.json that the checks read. */
export interface Manifest {
  name: string;
  version?: string;
  /** Not published. */
  private?: boolean;
  license?: string;
  main?: string;
  types?: string;
  exports?: Record<string, unknown>;
  files?: string[];
  publishConfig?: { access?: string; main?: string; types?: string };
  bin?: Record<string, string>;
  backstage?: { role?: string; pluginId?: string };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** A package of this repository. */
export interface WorkspacePackage {
  /** Of its package.json, for example `@krate/plugin-forge-common`. */
  name: string;
  /** Its folder from the root, for example `plugins/forge-common`. */
  directory: string;
  manifest: Manifest;
}

/** The root of this repository. */
export const ROOT = dirname(require.resolve('../../../../package.json'));

/** Every package below `packages` and `plugins`, in the order of their folders. */
export function readWorkspace(root: string = ROOT): WorkspacePackage[] {
  return ['packages', 'plugins'].flatMap(group =>
    readdirSync(join(root, group))
      .sort()
      .map(name => `${group}/${name}`)
      .filter(directory => existsSync(join(root, directory, 'package.json')))
      .map(directory => {
        const manifest: Manifest = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8'));
        return { name: manifest.name, directory, manifest };
      }),
  );
}
