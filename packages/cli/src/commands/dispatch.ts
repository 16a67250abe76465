import { Command } from 'commander';
import { ApiClient, ApiObject } from '../ApiClient';
import { CliError } from '../CliError';
import { contextOf } from '../context';
import { note, print, printJson } from '../output';
import { RUN_ENDED, progressLine } from '../progressLine';

interface DispatchOptions {
  repository: string;
  stack: string;
  task?: string;
  ref?: string;
  follow?: boolean;
}

export function registerDispatch(program: Command): void {
  program
    .command('dispatch')
    .description('give a task to an agent on a repository')
    .requiredOption('--repository <name>', 'repository')
    .requiredOption('--stack <name>', 'agent stack')
    .option('--task <text>', 'what to do, in words')
    .option('--ref <branch>', 'the branch to start from')
    .option('--follow', 'show progress until the run ends')
    .action(async (options: DispatchOptions, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const run = await client.create({
        apiVersion: 'krate.a5c.ai/v1alpha1',
        kind: 'AgentDispatchRun',
        metadata: { generateName: `${options.stack}-`, namespace: namespace() },
        spec: {
          repository: options.repository,
          agentStack: options.stack,
          ...(options.task ? { task: options.task } : {}),
          ...(options.ref
            ? { ref: options.ref.startsWith('refs/') ? options.ref : `refs/heads/${options.ref}` }
            : {}),
        },
      });
      if (!options.follow) {
        if (json) printJson(run);
        else print(run.metadata.name);
        return;
      }
      note(`dispatched ${run.metadata.name}`);
      const ended = await follow(client, namespace(), run.metadata.name);
      if (json) printJson(ended);
      if (ended.status.phase !== 'Completed')
        throw new CliError(`${run.metadata.name} ${progressLine(ended)}`);
    });

  program
    .command('cancel <run>')
    .description('stop a run')
    .option('--reason <text>', 'why')
    .action(async (name: string, options: { reason?: string }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const run = await client.patch('AgentDispatchRun', namespace(), name, {
        spec: { cancel: { reason: options.reason ?? '' } },
      });
      if (json) printJson(run);
      else print(`${name} is being cancelled`);
    });
}

async function follow(client: ApiClient, namespace: string, name: string): Promise<ApiObject> {
  const stop = new AbortController();
  let said = '';
  try {
    for await (const run of client.watch('AgentDispatchRun', namespace, name, stop.signal)) {
      const line = progressLine(run);
      if (line !== said) note(line);
      said = line;
      if (RUN_ENDED.includes(run.status?.phase)) return run;
    }
  } finally {
    stop.abort();
  }
  throw new CliError(`The watch of ${name} ended`);
}
