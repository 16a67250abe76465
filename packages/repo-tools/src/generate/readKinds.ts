import { Kind, KindRegistry } from '@krate/resource-model';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace, ROOT } from '../workspace/readWorkspace';

/**
 * The kinds of every area, by area and then by name. An area's kinds are the lists that `src/kinds` of its `-common` package
 * exports under a name that ends in `Kinds`; a new area needs no entry anywhere.
 *
 * @throws Error when the kinds do not fit together, or one claims an area that its package is not of
 */
export function readKinds(root: string = ROOT): Kind[] {
  const commons = readWorkspace(root).filter(({ directory }) =>
    existsSync(join(root, directory, 'src/kinds/index.ts')),
  );
  const kinds = commons
    .flatMap(({ directory }) => kindsOf(root, directory))
    .sort((a, b) => compare(a.area, b.area) || compare(a.kind, b.kind));
  return new KindRegistry(kinds).resolve().all();
}

function kindsOf(root: string, directory: string): Kind[] {
  // Required, not imported: the sources run as CommonJS, whose names a native import would not see.
  const exported: Record<string, unknown> = require(join(root, directory, 'src/kinds/index.ts'));
  const kinds = Object.entries(exported).flatMap(([name, value]) =>
    name.endsWith('Kinds') && Array.isArray(value) ? (value as Kind[]) : [],
  );
  const area = directory.replace(/^plugins\/(.*)-common$/, '$1');
  const strangers = kinds.filter(kind => kind.area !== area).map(kind => `${kind.kind} says ${kind.area}`);
  if (strangers.length > 0)
    throw new Error(`The kinds of ${directory} are of the area ${area}: ${strangers.join(', ')}`);
  return kinds;
}

/** By code unit: the order may not depend on the language of the machine. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
