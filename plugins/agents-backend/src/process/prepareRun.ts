import { execFile } from 'node:child_process';
import { promises as fs, realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { OuterNamespace, UnreachablePath } from '@krate/plugin-forge-node';
import { AgentProcessError } from './AgentProcessError';
import { dropArguments, RUNS_GID } from './privileges';
import { installProgram } from './programs';
import type { SandboxSpec } from './SandboxSpec';

const run = promisify(execFile);

/** Where granted files lie when they cannot enter through a descriptor. */
export const secretsDirectory = (spec: SandboxSpec) => `${spec.stateDirectory}/secrets`;

/** Where the bridge runs from without bubblewrap: a copy, since the run's user may not reach this installation. */
export const bridgeCopy = (spec: SandboxSpec) => `${spec.stateDirectory}/egress-bridge.mjs`;

/**
 * Makes the run's directories and gives them to its user. What it does is the same however often it is called. Answers
 * how the user reaches what the run needs.
 *
 * @throws AgentProcessError PATH_NOT_REACHABLE
 */
export async function prepareRun(spec: SandboxSpec): Promise<OuterNamespace> {
  await fs.mkdir(spec.stateDirectory, { recursive: true, mode: 0o700 });
  if (spec.isolation.mechanism !== 'bubblewrap') await prepareUncontained(spec);
  if (spec.uid === undefined) return OuterNamespace.none;
  await giveTo(spec.uid, [spec.workspace.path, ...(spec.home ? [spec.home] : [])]);
  const needed = neededPaths(spec);
  for (const target of needed) await openTheWay(spec.dataDirectory, target);
  return reach(spec, spec.uid, needed);
}

function neededPaths(spec: SandboxSpec): string[] {
  const own =
    spec.isolation.mechanism === 'bubblewrap'
      ? []
      : [secretsDirectory(spec), `${spec.stateDirectory}/home`, bridgeCopy(spec)];
  if (spec.egressDirectory) own.push(realpathSync(process.execPath));
  const optional = [spec.home, spec.egressDirectory].filter(value => value !== undefined);
  return [
    spec.workspace.path,
    ...(spec.gitObjects ?? []),
    ...(spec.readOnlyPaths ?? []),
    ...optional,
    ...own,
  ];
}

async function prepareUncontained(spec: SandboxSpec) {
  const directory = secretsDirectory(spec);
  const home = `${spec.stateDirectory}/home`;
  await fs.mkdir(home, { recursive: true, mode: 0o700 });
  await fs.rm(directory, { recursive: true, force: true });
  await fs.mkdir(directory, { mode: 0o700 });
  await installProgram('egress-bridge.ts', spec.stateDirectory, 0o644);
  for (const file of spec.files ?? [])
    await fs.writeFile(path.join(directory, file.name), file.content, { mode: 0o400 });
  if (spec.uid !== undefined) await giveTo(spec.uid, [directory, home]);
}

/** Symbolic links themselves change hands, never what they point to. */
async function giveTo(uid: number, directories: string[]) {
  await run('chown', ['-R', '-h', '-P', `${uid}:${uid}`, '--', ...directories]);
}

/** Ancestors below the data directory get the search bit for the group of runs: enough to pass, not to list. */
async function openTheWay(dataDirectory: string | undefined, target: string) {
  if (!dataDirectory) return;
  const relative = path.relative(dataDirectory, target);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return;
  const parts = relative.split(path.sep).slice(0, -1);
  const ancestors = [
    dataDirectory,
    ...parts.map((_, index) => path.join(dataDirectory, ...parts.slice(0, index + 1))),
  ];
  for (const ancestor of ancestors) {
    const { mode } = await fs.stat(ancestor);
    if (mode & 0o001) continue;
    await fs.chown(ancestor, 0, RUNS_GID);
    await fs.chmod(ancestor, (mode & 0o7777) | 0o010);
  }
}

/** Only a sandbox can have other names for what is in it; without one, every path must be open to the user as it is. */
async function reach(spec: SandboxSpec, uid: number, needed: string[]): Promise<OuterNamespace> {
  try {
    const found = await OuterNamespace.around(dropArguments(uid), needed);
    const hidden = needed.find(target => found.source(target) !== target);
    if (hidden === undefined || spec.isolation.mechanism === 'bubblewrap') return found;
    throw new UnreachablePath(hidden, spec.isolation.reason);
  } catch (cause) {
    if (!(cause instanceof UnreachablePath)) throw cause;
    throw new AgentProcessError('PATH_NOT_REACHABLE', `The run's user ${uid} cannot read ${cause.path}`, {
      remedy:
        'Let others pass through the directories above it (chmod o+x), or pass dataDirectory so that the way is opened for runs',
      cause,
    });
  }
}
