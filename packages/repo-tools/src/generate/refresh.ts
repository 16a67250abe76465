import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StaleFile } from './staleFiles';

/** Writes what is missing or differs, and removes what is left over. Files that are right stay untouched. */
export function refresh(root: string, stale: readonly StaleFile[]): void {
  for (const { path, content } of stale) {
    const file = join(root, path);
    if (content === undefined) {
      rmSync(file);
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}
