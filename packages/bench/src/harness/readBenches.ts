import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Bench } from './Bench';

const ROWS = resolvePackagePath('@krate/bench', 'src/rows');

/** Every bench of every file in `rows/`, in the order of the files' names. Each file's default export is its benches. */
export function readBenches(): Bench[] {
  return readdirSync(ROWS)
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .flatMap(file => require(join(ROWS, file)).default as readonly Bench[]);
}
