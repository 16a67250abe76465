import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace, ROOT } from '../workspace/readWorkspace';
import { checkDeclared } from './checkDeclared';
import { AreaEdges, checkDirections, Edge } from './checkDirections';
import { importsOf } from './importsOf';

/** Everything that is wrong with who imports whom, a line each; empty when all is well. */
export function checkImports(root: string = ROOT): string[] {
  const packages = readWorkspace(root);
  const byName = new Map(packages.map(each => [each.name, each]));
  const allowed: AreaEdges = JSON.parse(
    readFileSync(join(root, 'docs/architecture/dependencies.json'), 'utf8'),
  );

  return packages.flatMap(from => {
    const imports = importsOf(root, from);
    const declared = Object.keys(from.manifest.dependencies ?? {});
    const edges: Edge[] = [
      ...imports.flatMap(found => edgeTo(byName.get(found.package)).map(to => ({ from, to, import: found }))),
      ...declared.flatMap(name => edgeTo(byName.get(name)).map(to => ({ from, to }))),
    ];
    return [...checkDirections(edges, allowed), ...checkDeclared(from, imports)];
  });
}

function edgeTo<T>(target: T | undefined): T[] {
  return target === undefined ? [] : [target];
}
