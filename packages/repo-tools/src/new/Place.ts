import { Kind } from '@krate/resource-model';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow } from '../workspace/filesBelow';
import { Manifest, readWorkspace } from '../workspace/readWorkspace';
import { addImport, addListProperty, addToList, editJson } from './edits';
import { checkDashed, checkKindName, pluralOf } from './names';
import { Edit, ScaffoldError } from './Scaffold';

/** The repository that a scaffold is made for. */
export interface Place {
  root: string;
  kinds(): readonly Kind[];
}

const isInstallation = (text: string) => /\barea: '/.test(text) && /\bkinds: \w+Kinds\b/.test(text);

/** Gives the version in which this repository uses a package. */
export function versionsIn(root: string): (name: string) => string {
  const known = new Map(
    readWorkspace(root).flatMap(({ manifest }) =>
      Object.entries({ ...manifest.devDependencies, ...manifest.dependencies }),
    ),
  );
  return name => {
    if (name.startsWith('@krate/')) return '*';
    const version = known.get(name);
    if (!version) throw new ScaffoldError(`no package of this repository uses ${name}`);
    return version;
  };
}

/** The folder of one of an area's packages.
 *
 * @throws ScaffoldError when there is no such area
 */
export function packageOf(root: string, area: string, suffix: string): string {
  const directory = `plugins/${checkDashed('an area', area)}${suffix}`;
  if (existsSync(join(root, directory, 'package.json'))) return directory;
  throw new ScaffoldError(
    `there is no ${directory}; a new area begins with: npm run new -- area ${area} <Kind>`,
  );
}

/** A kind by its name.
 *
 * @throws ScaffoldError when there is none
 */
export function kindOf({ kinds }: Place, name: string): Kind {
  const kind = kinds().find(each => each.kind === checkKindName(name));
  if (!kind) throw new ScaffoldError(`there is no kind ${name}; npm run new -- kind <area> ${name} makes it`);
  return kind;
}

/** The file that calls `install`, or builds what it is called with, gets the import and the entry. */
export function installationEdit(
  root: string,
  backend: string,
  list: string,
  name: string,
  from: string,
): Edit {
  const file = filesBelow(join(root, backend, 'src')).find(
    path => /\.ts$/.test(path) && !/\.test\.ts$/.test(path) && isInstallation(readFileSync(path, 'utf8')),
  );
  if (!file) throw new ScaffoldError(`${backend}/src has no installation ({ area, kinds, … })`);
  return {
    path: relative(root, file),
    edit: text =>
      addToList(
        addListProperty(addImport(text, `import { ${name} } from '${from}';`), list, 'kinds'),
        new RegExp(`^${list}$`),
        name,
      ),
  };
}

/** Adds what a package.json lacks, in the versions that the rest of the repository uses. */
export function dependenciesEdit(root: string, directory: string, names: readonly string[]): Edit {
  const versionOf = versionsIn(root);
  return {
    path: `${directory}/package.json`,
    edit: text => {
      const present = Object.keys((JSON.parse(text) as Manifest).dependencies ?? {});
      const missing = names.filter(name => !present.includes(name));
      if (missing.length === 0) return text;
      return editJson<Manifest>(text, manifest => {
        const all = Object.entries({
          ...manifest.dependencies,
          ...Object.fromEntries(missing.map(name => [name, versionOf(name)])),
        });
        manifest.dependencies = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
        missing.forEach(name => delete manifest.devDependencies?.[name]);
      });
    },
  };
}

/** Takes a dependency out of a package.json. */
export function dependencyRemoval(directory: string, name: string): Edit {
  return {
    path: `${directory}/package.json`,
    edit: text =>
      editJson<Manifest>(text, ({ dependencies = {} }) => {
        delete dependencies[name];
      }),
  };
}

/** @throws ScaffoldError when the name, or the plural that follows from it, is taken */
export function checkFree({ kinds }: Place, kind: string): void {
  checkKindName(kind);
  const taken = kinds().find(each => each.kind === kind || each.plural === pluralOf(kind));
  if (taken) throw new ScaffoldError(`the area ${taken.area} has a kind ${taken.kind} (${taken.plural})`);
}
