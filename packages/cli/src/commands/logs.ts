import { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient, ApiObject } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { note, print } from '../output';
import { RUN_ENDED, progressLine } from '../progressLine';
import { createTranscriptReader, parseEvent } from '../transcriptLine';

/** How often to look whether a stream has begun. */
const LOOK_AGAIN_MS = 500;
const JOB_ENDED = ['Succeeded', 'Failed', 'Cancelled'];

/** Where the words of a run or job are. */
interface Source {
  /** `<resource>/<namespace>/<name>/<stream>` */
  path: string;
  isTranscript: boolean;
  /** Whether the thing has ended, so that a stream that has not begun never will. */
  hasEnded(): Promise<boolean>;
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CliError && error.exitCode === EXIT.notFound) return undefined;
    throw error;
  }
}

/** The run once it has an attempt; says meanwhile what it waits for. */
async function launched(client: ApiClient, namespace: string, name: string): Promise<ApiObject> {
  const stop = new AbortController();
  let said = '';
  try {
    for await (const run of client.watch('AgentDispatchRun', namespace, name, stop.signal)) {
      if (run.status?.attemptRef || RUN_ENDED.includes(run.status?.phase)) return run;
      const line = progressLine(run);
      if (line !== said) note(line);
      said = line;
    }
  } finally {
    stop.abort();
  }
  throw new CliError(`The watch of ${name} ended`);
}

async function sourceOf(
  client: ApiClient,
  namespace: string,
  name: string,
  follow: boolean,
): Promise<Source> {
  const found = await unlessMissing(client.get('AgentDispatchRun', namespace, name));
  if (found) {
    const run = follow && !found.status?.attemptRef ? await launched(client, namespace, name) : found;
    const attempt: string | undefined = run.status?.attemptRef;
    if (!attempt) {
      const hint = RUN_ENDED.includes(run.status?.phase) ? '' : '; `krate logs -f` waits for it';
      throw new CliError(
        `${name} was never launched, so it has no transcript: ${progressLine(run)}${hint}`,
        EXIT.notFound,
      );
    }
    return {
      path: `agentdispatchattempts/${namespace}/${attempt}/transcript`,
      isTranscript: true,
      hasEnded: async () =>
        RUN_ENDED.includes((await client.get('AgentDispatchRun', namespace, name)).status?.phase),
    };
  }
  if (await unlessMissing(client.get('Job', namespace, name))) {
    return {
      path: `jobs/${namespace}/${name}/log`,
      isTranscript: false,
      hasEnded: async () => JOB_ENDED.includes((await client.get('Job', namespace, name)).status?.phase),
    };
  }
  throw new CliError(`There is no run and no job named ${name}.`, EXIT.notFound);
}

/** The lines of a source; with `follow` also of one that has not begun. */
async function* linesFrom(
  client: ApiClient,
  { path, hasEnded }: Source,
  follow: boolean,
): AsyncGenerator<string> {
  for (;;) {
    try {
      yield* client.stream(path, { follow });
      return;
    } catch (error) {
      const hasNotBegun = error instanceof CliError && error.exitCode === EXIT.notFound;
      if (!hasNotBegun || !follow || (await hasEnded())) throw error;
      await delay(LOOK_AGAIN_MS);
    }
  }
}

export function registerLogs(program: Command): void {
  program
    .command('logs <run-or-job>')
    .description('print the transcript of a run or the log of a job')
    .option('-f, --follow', 'wait for its start, and go on until it ends', false)
    .action(async (name: string, { follow }: { follow: boolean }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const source = await sourceOf(client, namespace(), name, follow);
      const read = createTranscriptReader();
      for await (const line of linesFrom(client, source, follow)) {
        const text = json || !source.isTranscript ? line : read(parseEvent(line));
        if (text !== undefined) print(text);
      }
    });
}
