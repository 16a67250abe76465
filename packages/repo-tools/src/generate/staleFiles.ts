import { Kind } from '@krate/resource-model';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../workspace/filesBelow';
import { GeneratedFile, Generator } from './Generator';
import { ControllersOf } from './readControllers';

/** A file that is not as its generator makes it. */
export interface StaleFile {
  /** From the root. */
  path: string;
  problem: 'missing' | 'differs' | 'left over';
  /** What it should be; absent for what is left over. */
  content?: string;
}

/** Compares what generators make with what stands below `root`. Nothing is written. */
export async function staleFiles(
  root: string,
  generators: readonly Generator[],
  kinds: readonly Kind[],
  controllersOf: ControllersOf,
): Promise<StaleFile[]> {
  const stale: StaleFile[] = [];
  for (const generator of generators)
    stale.push(...compare(root, generator, await generator.files(kinds, controllersOf)));
  return stale;
}

function compare(root: string, generator: Generator, wanted: readonly GeneratedFile[]): StaleFile[] {
  const paths = new Set(wanted.map(file => file.path));
  const standing = generator.owns ? filesBelow(join(root, generator.owns)) : [];
  return [
    ...wanted.flatMap(({ path, content }): StaleFile[] => {
      const file = join(root, path);
      if (!existsSync(file)) return [{ path, content, problem: 'missing' }];
      return readFileSync(file, 'utf8') === content ? [] : [{ path, content, problem: 'differs' }];
    }),
    ...standing
      .map(file => relative(root, file).split(sep).join('/'))
      .filter(path => !paths.has(path))
      .map((path): StaleFile => ({ path, problem: 'left over' })),
  ];
}
