import { referencePathsOf } from '@krate/resource-model';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from '../imports/importsOf';
import { readWorkspace, WorkspacePackage } from '../workspace/readWorkspace';
import { removeFromList, removeStatement } from './edits';
import { checkDashed } from './names';
import { dependencyRemoval, Place } from './Place';
import { Scaffold, ScaffoldError } from './Scaffold';

const EDGES = 'docs/architecture/dependencies.json';
const BACKEND = 'packages/backend';
const APP = 'packages/app';

/** `npm run new -- remove area <area>`: its packages, and every entry that `new area` made for them. */
export function removeArea(place: Place, area: string): Scaffold {
  const { root } = place;
  checkDashed('an area', area);
  const [screens, common, backend] = ['', '-common', '-backend'].map(
    suffix => `@krate/plugin-${area}${suffix}`,
  );
  const packages = readWorkspace(root);
  const own = packages.filter(({ name }) => [screens, common, backend].includes(name));
  if (own.length === 0) throw new ScaffoldError(`there is no area ${area}`);

  const names = new Set(own.map(({ name }) => name));
  const others = packages.filter(({ name }) => !names.has(name));
  // What `new area` wrote itself holds nobody up.
  const entries = new Set([
    `${BACKEND}/src/index.ts ${backend}`,
    `${BACKEND} ${backend}`,
    `${APP} ${screens}`,
  ]);
  const held = [...usesOf(root, others, names), ...referencesTo(place, area)].filter(
    use => !entries.has(use),
  );
  if (held.length > 0)
    throw new ScaffoldError(
      `others need ${area}; nothing was removed\n${held.map(use => `  ${use}`).join('\n')}`,
    );

  return {
    packages: true,
    files: [],
    removes: own.map(({ directory }) => directory).filter(directory => existsSync(join(root, directory))),
    edits: [
      {
        path: EDGES,
        edit: text =>
          removeFromList(
            removeFromList(text, /^"areas"$/, item => JSON.parse(item) === area),
            /^"edges"$/,
            item => [JSON.parse(item).from, JSON.parse(item).to].includes(area),
          ),
      },
      {
        path: `${BACKEND}/src/index.ts`,
        edit: text => removeStatement(text, `backend.add(import('${backend}'));`),
      },
      dependencyRemoval(BACKEND, backend),
      dependencyRemoval(APP, screens),
    ],
    next: [
      'what is committed comes back with git restore --staged --worktree plugins packages docs charts',
      'objects of its kinds stay stored, and are not served; they are there again when the kinds are',
    ],
  };
}

/** Where other packages import these, or name them in their package.json: `plugins/x/src/a.ts @krate/plugin-y`. */
function usesOf(root: string, others: readonly WorkspacePackage[], names: ReadonlySet<string>): string[] {
  return others.flatMap(other => {
    const { directory, manifest } = other;
    const named = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.peerDependencies,
    });
    const imported = importsOf(root, other).filter(each => names.has(each.package));
    return [
      ...named.filter(name => names.has(name)).map(name => `${directory} ${name}`),
      ...imported.map(each => `${each.file} ${each.package}`),
    ];
  });
}

/** Kinds refer to one another by name, without an import. */
function referencesTo({ kinds }: Place, area: string): string[] {
  const all = kinds();
  const going = new Set(all.filter(kind => kind.area === area).map(({ kind }) => kind));
  return all
    .filter(kind => kind.area !== area)
    .flatMap(kind =>
      referencePathsOf(kind)
        .filter(path => going.has(path.kind))
        .map(({ path, kind: target }) => `${kind.kind} ${path} names a ${target}`),
    );
}
