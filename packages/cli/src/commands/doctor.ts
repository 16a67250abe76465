import { Command } from 'commander';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApiClient } from '../ApiClient';
import { CliError } from '../CliError';
import { readConfiguration } from '../Configuration';
import { print, printJson } from '../output';

const run = promisify(execFile);

interface Finding {
  check: string;
  ok: boolean;
  /** What was found. */
  detail: string;
  /** What to do about it. */
  remedy?: string;
  /** Krate runs without it, with less. */
  optional?: boolean;
}

async function program(
  check: string,
  command: string,
  args: string[],
  remedy: string,
  optional = false,
): Promise<Finding> {
  try {
    const { stdout } = await run(command, args);
    return { check, ok: true, detail: stdout.split('\n')[0], optional };
  } catch {
    return { check, ok: false, detail: 'not found', remedy, optional };
  }
}

/** The real thing agents are started with, not a look at files: user namespaces may be closed although bwrap is there. */
async function isolation(): Promise<Finding> {
  const remedy =
    'apt-get install bubblewrap, and allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)';
  try {
    await run('bwrap', [
      '--unshare-all',
      '--unshare-user',
      '--ro-bind',
      '/',
      '/',
      '--die-with-parent',
      'true',
    ]);
    return { check: 'isolation of agents', ok: true, detail: 'bubblewrap works here' };
  } catch (error) {
    const detail =
      (error as { code?: string }).code === 'ENOENT'
        ? 'bubblewrap is not installed'
        : String((error as Error).message)
            .split('\n')
            .pop()!;
    return {
      check: 'isolation of agents',
      ok: false,
      detail,
      remedy: `${remedy}; until then only trusted agents run`,
      optional: true,
    };
  }
}

async function server(): Promise<Finding[]> {
  try {
    const configuration = readConfiguration();
    const client = new ApiClient(configuration);
    const { gitVersion } = await client.json('version');
    const identity = await client.json('whoami');
    return [
      { check: 'server', ok: true, detail: `${configuration.server} (${gitVersion})` },
      { check: 'sign-in', ok: true, detail: identity.user ?? identity.name },
    ];
  } catch (error) {
    return [
      {
        check: 'server',
        ok: false,
        detail: (error as Error).message,
        remedy: 'npm start, then krate login <link>',
        optional: true,
      },
    ];
  }
}

export function registerDoctor(parent: Command): void {
  parent
    .command('doctor')
    .description('check what this machine has, and say how to get what is missing')
    .action(async (_options, command: Command) => {
      const findings: Finding[] = [
        {
          check: 'node',
          ok: /^v2[24]\./.test(process.version),
          detail: process.version,
          remedy: 'install Node 24',
        },
        await program('git', 'git', ['--version'], 'install git'),
        await program(
          'kubectl',
          'kubectl',
          ['version', '--client'],
          'install kubectl to use the API with it',
          true,
        ),
        await isolation(),
        ...(await server()),
      ];
      if (command.optsWithGlobals().json) printJson(findings);
      else {
        for (const { check, ok, detail, remedy } of findings) {
          print(
            `${ok ? 'ok     ' : 'missing'}  ${check.padEnd(20)} ${detail}${remedy && !ok ? `\n${' '.repeat(30)}→ ${remedy}` : ''}`,
          );
        }
      }
      if (findings.some(finding => !finding.ok && !finding.optional))
        throw new CliError('Krate cannot run here as it is.');
    });
}
