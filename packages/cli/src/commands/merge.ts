import { Command, InvalidArgumentError, Option } from 'commander';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { print, printJson } from '../output';

function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('It is a number above 0.');
}

export function registerMerge(program: Command): void {
  program
    .command('merge <pull-request>')
    .description('merge a pull request at the head you see now')
    .addOption(new Option('--method <method>', 'how').choices(['merge', 'squash', 'rebase']).default('merge'))
    .option('--timeout <seconds>', 'how long to wait for the merge', positiveNumber, 60)
    .action(async (name: string, options: { method: string; timeout: number }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const pullRequest = await client.get('PullRequest', namespace(), name);
      const expectedHeadSha = pullRequest.status?.headSha;
      if (!expectedHeadSha)
        throw new CliError(`${name} has no head commit yet; try again in a moment.`, EXIT.conflict);
      const asked = await client.patch('PullRequest', namespace(), name, {
        spec: { merge: { method: options.method, expectedHeadSha } },
      });

      const stop = AbortSignal.timeout(options.timeout * 1000);
      try {
        for await (const current of client.watch('PullRequest', namespace(), name, stop)) {
          const { phase, mergeRefused, mergeCommit, conditions = [] } = current.status ?? {};
          if (phase === 'Merged') {
            if (json) printJson(current);
            else print(`${name} is merged as ${mergeCommit}`);
            return;
          }
          // The status may still tell of an earlier request. Only the condition says which one it has seen: another
          // reconciler may have moved the generation of the whole status.
          const seen: number =
            conditions.find(({ type }: { type: string }) => type === 'Merged')?.observedGeneration ?? 0;
          if (mergeRefused && seen >= Number(asked.metadata.generation))
            throw new CliError(`${name} was not merged: ${mergeRefused.message}`, EXIT.conflict);
        }
      } catch (error) {
        if (stop.aborted)
          throw new CliError(`${name} was not merged within ${options.timeout} s`, EXIT.timedOut);
        throw error;
      }
    });
}
