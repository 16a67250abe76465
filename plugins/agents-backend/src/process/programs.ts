import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { chmod, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs of this package that run on their own, straight under Node. */
export type ProgramName = 'krate-agent-shim.ts' | 'egress-bridge.ts' | 'run-plan.ts' | 'scripted-agent.ts';

/** The path of a program, found upwards from here, so that it works from sources and from a build. */
export function programPath(name: ProgramName): string {
  // eslint-disable-next-line no-restricted-syntax -- only where the search upwards begins, in sources and builds alike
  for (let directory = __dirname; ; directory = path.dirname(directory)) {
    const candidate = path.join(directory, 'bin', name);
    if (fs.existsSync(candidate)) return fs.realpathSync(candidate);
    if (directory === path.dirname(directory))
      throw new Error(`bin/${name} is missing from this installation; install the package again`);
  }
}

const STRIP =
  "process.stdout.write(require('node:module').stripTypeScriptTypes(require('node:fs').readFileSync(process.argv[1], 'utf8')))";
const sources = new Map<ProgramName, Promise<string>>();

/**
 * A program as plain JavaScript, made once per backend. Every run starts two of them: without the type stripper each is
 * 15 MB smaller and 60 ms quicker, and Node would refuse to strip types below node_modules.
 */
export function programSource(name: ProgramName): Promise<string> {
  const known = sources.get(name);
  if (known) return known;
  const made = run(process.execPath, ['--no-warnings', '-e', STRIP, programPath(name)]).then(
    ({ stdout }) => stdout,
  );
  sources.set(name, made);
  made.catch(() => sources.delete(name));
  return made;
}

/** Puts a program into a directory, ready for Node to run, and returns its path. Appears whole or not at all. */
export async function installProgram(name: ProgramName, directory: string, mode: number): Promise<string> {
  const target = path.join(directory, name.replace(/\.ts$/, '.mjs'));
  const temporary = `${target}.${randomUUID()}`;
  await writeFile(temporary, await programSource(name), { mode });
  await chmod(temporary, mode);
  await rename(temporary, target);
  return target;
}

/** Arguments for Node to run a program of ours small and quietly. */
export const NODE_ARGUMENTS = ['--no-warnings', '--max-old-space-size=96', '--max-semi-space-size=1'];
