import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, readWorkspace, ROOT, WorkspacePackage } from '../workspace/readWorkspace';

const EXACT = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
/** The headings of every README, each as it may be written. */
const HEADINGS = ['What', 'Kinds|API|Kinds or API|Kinds and API', 'Configure', 'Develop', 'Design notes'];
/** The names that Backstage's tools look for. */
const APPS = new Set(['app', 'backend']);
/** Where a published package has its entry, by role. */
const ENTRY: Record<string, string> = {
  'web-library': 'dist/index.esm.js',
  'frontend-plugin': 'dist/index.esm.js',
  'frontend-plugin-module': 'dist/index.esm.js',
};

function ownDependencies({ dependencies, devDependencies, optionalDependencies }: Manifest) {
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
}

/** A range would let two clones of one commit differ. Our own packages are `*`: npm links them. */
export function inexactVersions(manifest: Manifest, ours: ReadonlySet<string>): string[] {
  return Object.entries(ownDependencies(manifest)).flatMap(([name, version]) => {
    if (ours.has(name)) return version === '*' ? [] : [`${name} is of this repository; its version is *`];
    return EXACT.test(version) ? [] : [`${name} is ${version}, not an exact version`];
  });
}

/** The registry is the business of whoever installs. */
export function namedHosts(manifest: Manifest): string[] {
  const registry = (manifest.publishConfig as { registry?: string } | undefined)?.registry;
  return registry ? [`publishConfig names the registry ${registry}`] : [];
}

/** What `npm pack` needs so that others can install a package of ours. */
export function unpackable({ manifest }: WorkspacePackage): string[] {
  if (manifest.private) return [];
  const { publishConfig, files = [], main, types, license } = manifest;
  const entry = ENTRY[manifest.backstage?.role ?? ''] ?? 'dist/index.cjs.js';
  return [
    ...(license ? [] : ['names no license']),
    ...(files.includes('dist') ? [] : ['files lack dist']),
    ...(main && types ? [] : ['lacks main or types']),
    ...(publishConfig?.access === 'public' ? [] : ['publishConfig.access is not public']),
    ...(manifest.exports || publishConfig?.main === entry ? [] : [`publishConfig.main is not ${entry}`]),
    ...(manifest.exports || publishConfig?.types === 'dist/index.d.ts'
      ? []
      : ['publishConfig.types is not dist/index.d.ts']),
  ];
}

/** A package is found by its folder, and a folder by its package. */
export function misnamed({ directory, name }: WorkspacePackage): string[] {
  const [group, folder] = directory.split('/');
  const expected =
    group === 'plugins'
      ? [`@krate/plugin-${folder}`]
      : [`@krate/${folder}`, ...(APPS.has(folder) ? [folder] : [])];
  return expected.includes(name) ? [] : [`is named ${name}, not ${expected.join(' or ')}`];
}

/** Two versions of one library in one process are two libraries. */
export function severalVersions(all: readonly { file: string; manifest: Manifest }[]): string[] {
  const seen = new Map<string, { version: string; file: string }>();
  return all.flatMap(({ file, manifest }) =>
    Object.entries(ownDependencies(manifest)).flatMap(([name, version]) => {
      const first = seen.get(name);
      if (!first) seen.set(name, { version, file });
      if (!first || first.version === version) return [];
      return [`${file}: ${name} is ${version}, but ${first.version} in ${first.file}`];
    }),
  );
}

/** Every README answers the same questions under the same headings. */
function incompleteReadme(root: string, { directory }: WorkspacePackage): string[] {
  const file = join(root, directory, 'README.md');
  if (!existsSync(file)) return [`${directory}: has no README.md`];
  const text = readFileSync(file, 'utf8');
  const missing = HEADINGS.filter(heading => !new RegExp(`^## (${heading})$`, 'm').test(text));
  return missing.length > 0 ? [`${directory}/README.md: lacks the headings ${missing.join(', ')}`] : [];
}

/** Everything that is wrong with the package.json files and what has to stand beside them, a line each. */
export function checkManifests(root: string = ROOT): string[] {
  const workspace = readWorkspace(root);
  const top: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const ours = new Set(workspace.map(({ name }) => name));
  const all = [{ file: 'package.json', manifest: top }].concat(
    workspace.map(({ directory, manifest }) => ({ file: `${directory}/package.json`, manifest })),
  );
  return [
    ...all.flatMap(({ file, manifest }) =>
      [...inexactVersions(manifest, ours), ...namedHosts(manifest)].map(problem => `${file}: ${problem}`),
    ),
    ...workspace.flatMap(each =>
      [...unpackable(each), ...misnamed(each)].map(problem => `${each.directory}/package.json: ${problem}`),
    ),
    ...severalVersions(all),
    ...workspace.flatMap(each => incompleteReadme(root, each)),
  ];
}
