import { WorkspacePackage } from '../workspace/readWorkspace';
import { PackageImport } from './importsOf';

/**
 * Says of every import whose package the importing package does not declare. One copy of node_modules hides such a phantom here,
 * until the package is installed alone.
 */
export function checkDeclared(
  { name, directory, manifest }: WorkspacePackage,
  imports: readonly PackageImport[],
): string[] {
  const runtime = new Set([
    name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
    ...Object.keys(manifest.optionalDependencies ?? {}),
  ]);
  const development = new Set([...runtime, ...Object.keys(manifest.devDependencies ?? {})]);
  const problems = imports.flatMap(found => {
    if ((found.development ? development : runtime).has(found.package)) return [];
    const where = found.development ? 'devDependencies' : 'dependencies';
    return [`${directory}/package.json: ${where} lack ${found.package} (${found.file})`];
  });
  return [...new Set(problems)];
}
