import { Command } from 'commander';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { print, printJson } from '../output';

export function registerMerge(program: Command): void {
  program
    .command('merge <pull-request>')
    .description('merge a pull request at the head you see now')
    .option('--method <method>', 'merge, squash or rebase', 'merge')
    .option('--timeout <seconds>', 'how long to wait for the merge', '60')
    .action(async (name: string, options: { method: string; timeout: string }, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const pullRequest = await client.get('PullRequest', namespace(), name);
      const expectedHeadSha = pullRequest.status?.headSha;
      if (!expectedHeadSha) throw new CliError(`${name} has no head commit yet; try again in a moment.`, EXIT.conflict);
      await client.patch('PullRequest', namespace(), name, { spec: { merge: { method: options.method, expectedHeadSha } } });

      const stop = AbortSignal.timeout(Number(options.timeout) * 1000);
      try {
        for await (const current of client.watch('PullRequest', namespace(), name, stop)) {
          const { phase, mergeRefused, mergeCommit } = current.status ?? {};
          if (phase === 'Merged') {
            if (json) printJson(current);
            else print(`${name} is merged as ${mergeCommit}`);
            return;
          }
          if (mergeRefused) throw new CliError(`${name} was not merged: ${mergeRefused.message}`, EXIT.conflict);
        }
      } catch (error) {
        if (stop.aborted) throw new CliError(`${name} was not merged within ${options.timeout} s`, EXIT.timedOut);
        throw error;
      }
    });
}
