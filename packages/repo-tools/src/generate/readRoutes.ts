import { Route } from '@krate/resource-model';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace, ROOT } from '../workspace/readWorkspace';

/**
 * The routes of the REST facade that every area declares: the lists that `src/facade` of its `-common` package exports under
 * a name that ends in `Routes`.
 */
export function readRoutes(root: string = ROOT): Route[] {
  return readWorkspace(root)
    .map(({ directory }) => join(root, directory, 'src/facade/index.ts'))
    .filter(file => file.includes('-common/') && existsSync(file))
    .flatMap(file => {
      // Required, not imported: the sources run as CommonJS, whose names a native import would not see.
      const exported: Record<string, unknown> = require(file);
      return Object.entries(exported).flatMap(([name, value]) =>
        name.endsWith('Routes') && Array.isArray(value) ? (value as Route[]) : [],
      );
    });
}
