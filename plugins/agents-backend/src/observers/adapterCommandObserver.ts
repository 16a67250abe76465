import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Observer } from '@krate/controller-runtime';
import { AgentAdapter } from '@krate/plugin-agents-common';

/** Names the scripted agent that comes with Krate; its one argument is the script’s path, relative to the workspace. */
export const SCRIPTED_AGENT = 'krate:scripted-agent';

/** Where an adapter's program is. */
export interface AdapterCommand {
  found: boolean;
  path?: string;
}

/** The directories a run searches for programs: what its sandbox shows of this machine. */
export const PROGRAM_DIRECTORIES = ['/usr/local/bin', '/usr/bin', '/bin'];

/** Looks for the program of an adapter as a run would. */
export const adapterCommandObserver: Observer<typeof AgentAdapter, AdapterCommand> = {
  name: 'adapter-command',
  async observe({ spec }) {
    const program = spec.command?.[0];
    if (!program) return { found: false };
    if (program === SCRIPTED_AGENT) return { found: true, path: 'the scripted agent of Krate' };
    if (program.startsWith('krate:')) return { found: false };
    const candidates = isAbsolute(program)
      ? [program]
      : PROGRAM_DIRECTORIES.map(directory => join(directory, program));
    for (const path of candidates) if (await isProgram(path)) return { found: true, path };
    return { found: false };
  },
};

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not for us: either way it cannot be started
  }
}
