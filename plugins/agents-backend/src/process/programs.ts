import fs from 'node:fs';
import path from 'node:path';

/** Programs of this package that run on their own, straight under Node. */
export type ProgramName = 'krate-agent-shim.ts' | 'egress-bridge.ts' | 'run-plan.ts' | 'scripted-agent.ts';

/** The path of a program, found upwards from here, so that it works from sources and from a build. */
export function programPath(name: ProgramName): string {
  for (let directory = __dirname; ; directory = path.dirname(directory)) {
    const candidate = path.join(directory, 'bin', name);
    if (fs.existsSync(candidate)) return fs.realpathSync(candidate);
    if (directory === path.dirname(directory)) throw new Error(`bin/${name} is missing from this installation; install the package again`);
  }
}

/** Arguments for Node to run a program of ours small and quietly. */
export const NODE_ARGUMENTS = ['--no-warnings', '--max-old-space-size=96', '--max-semi-space-size=1'];
