import { Command } from 'commander';
import { ApiObject } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { note, print, printJson } from '../output';

interface DispatchOptions {
  repository: string;
  stack: string;
  task?: string;
  ref?: string;
  follow?: boolean;
}

const TERMINAL = ['Completed', 'Failed', 'Cancelled'];

/** What a person should read about a run's present state, in one line. */
export function progressLine(run: ApiObject): string {
  const { phase = 'Pending', queuePosition, lastError, pullRequest } = run.status ?? {};
  if (phase === 'AwaitingApproval') return 'waits for an approval (krate list approvals)';
  if (phase === 'Queued' && queuePosition) return `queued, position ${queuePosition}`;
  if (phase === 'Failed') return `failed: ${lastError?.message ?? 'no reason given'} (${lastError?.code ?? 'unknown'})`;
  if (phase === 'Completed') return pullRequest ? `completed; it opened ${pullRequest}` : 'completed without a change';
  return phase.toLowerCase();
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
          ...(options.ref ? { ref: options.ref.startsWith('refs/') ? options.ref : `refs/heads/${options.ref}` } : {}),
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
      if (ended.status.phase !== 'Completed') throw new CliError(`${run.metadata.name} ${progressLine(ended)}`, EXIT.failed);
    });

  program
    .command('cancel <run>')
    .description('stop a run')
    .option('--reason <text>')
    .action(async (name: string, options: { reason?: string }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const run = await client.patch('AgentDispatchRun', namespace(), name, { spec: { cancel: { reason: options.reason ?? '' } } });
      if (json) printJson(run);
      else print(`${name} is being cancelled`);
    });
}

async function follow(client: ReturnType<typeof contextOf>['client'], namespace: string, name: string): Promise<ApiObject> {
  const stop = new AbortController();
  let said = '';
  try {
    for await (const run of client.watch('AgentDispatchRun', namespace, name, stop.signal)) {
      const line = progressLine(run);
      if (line !== said) note(line);
      said = line;
      if (TERMINAL.includes(run.status?.phase)) return run;
    }
  } finally {
    stop.abort();
  }
  throw new CliError('The server ended the watch before the run did; ask again with `krate get run`.', EXIT.timedOut);
}
