import { Kind } from '@krate/resource-model';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../workspace/filesBelow';
import { readWorkspace, ROOT } from '../workspace/readWorkspace';
import { compare } from './readKinds';

/** The names of the reconcilers that are there for a kind, sorted. */
export type ControllersOf = (kind: Kind) => readonly string[];

const DECLARATION = /\bdefineReconciler\(\{/g;
/** `for` comes first and `name` second, so that a reader, too, sees at once what a reconciler is. */
const HEAD = /^\s*for: (\w+),(?:\s*name: '([^']+)',)?/;

/**
 * Which kinds are reconciled, read from the sources of the backends: their modules only show it once a whole backend
 * runs. That what is defined is installed is for the check of dead code to hold.
 *
 * @throws Error at a reconciler whose declaration does not begin with the kind it is for
 */
export function readControllers(root: string = ROOT): ControllersOf {
  const found = readWorkspace(root)
    .filter(({ directory }) => /^plugins\/.*-backend(-module-.*)?$/.test(directory))
    .flatMap(({ directory }) => filesBelow(join(root, directory, 'src')))
    .filter(file => file.endsWith('.ts') && !/\.test\.ts$|\/__\w+__\//.test(file))
    .flatMap(file => reconcilersIn(readFileSync(file, 'utf8'), file));
  return kind =>
    found
      .filter(reconciler => reconciler.kind === kind.kind)
      .map(({ name }) => name)
      .sort(compare);
}

function reconcilersIn(source: string, file: string): { kind: string; name: string }[] {
  return [...source.matchAll(DECLARATION)].map(match => {
    const [, kind, name] = HEAD.exec(source.slice(match.index + match[0].length)) ?? [];
    if (!kind) throw new Error(`${file}: begin the declaration of a reconciler with \`for: <Kind>,\``);
    return { kind, name: name ?? kind.toLowerCase() };
  });
}
