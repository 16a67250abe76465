import { Command } from 'commander';
import { ApiClient, linesOf } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { print } from '../output';

/** A transcript event as a person reads it; undefined for what only machines need. */
export function transcriptLine(event: any): string | undefined {
  switch (event.type) {
    case 'message':
      return event.text;
    case 'thought':
      return `… ${event.text}`;
    case 'tool-call':
      return `▸ ${event.title ?? event.kind}${event.status ? ` [${event.status}]` : ''}`;
    case 'tool-output':
      return event.text;
    case 'permission':
      return `? asks: ${event.title}`;
    case 'decision':
      return `! ${event.outcome}${event.by ? ` by ${event.by}` : ''}`;
    case 'ended':
      return `■ ${event.reason}`;
    default:
      return undefined;
  }
}

/** Finds the stream of a run (its attempt's transcript) or of a job (its log). */
async function streamOf(client: ApiClient, namespace: string, name: string) {
  const run = await client.get('AgentDispatchRun', namespace, name).catch(ignoreMissing);
  if (run) {
    const attempt = run.status?.attemptRef;
    if (!attempt) throw new CliError(`${name} was not launched yet, so it has no transcript.`, EXIT.notFound);
    return { path: `streams/agentdispatchattempts/${namespace}/${attempt}/transcript`, transcript: true };
  }
  const job = await client.get('Job', namespace, name).catch(ignoreMissing);
  if (job) return { path: `streams/jobs/${namespace}/${name}/log`, transcript: false };
  throw new CliError(`There is no run and no job named ${name}.`, EXIT.notFound);
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof CliError && error.exitCode === EXIT.notFound) return undefined;
  throw error;
}

export function registerLogs(program: Command): void {
  program
    .command('logs <run-or-job>')
    .description('print the transcript of a run or the log of a job')
    .option('-f, --follow', 'go on until it ends', false)
    .action(async (name: string, options: { follow: boolean }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const { path, transcript } = await streamOf(client, namespace(), name);
      const response = await client.fetch(`${path}${options.follow ? '?follow=1' : ''}`);
      if (json || !transcript) {
        for await (const line of linesOf(response)) print(line);
        return;
      }
      for await (const line of linesOf(response)) {
        const text = transcriptLine(JSON.parse(line));
        if (text !== undefined) print(text);
      }
    });
}
