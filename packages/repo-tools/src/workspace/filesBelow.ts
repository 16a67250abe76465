import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder and its folders, sorted, without what is installed or built. */
export function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .sort()
    .filter(name => name !== 'node_modules' && name !== 'dist')
    .flatMap(name => {
      const path = join(directory, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}
