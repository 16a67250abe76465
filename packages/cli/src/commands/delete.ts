import { Command } from 'commander';
import { contextOf } from '../context';
import { print, printJson } from '../output';
import { parseNamedTarget } from '../parseTarget';

export function registerDelete(program: Command): void {
  program
    .command('delete <target...>')
    .description('delete one object (kind name, or kind/name)')
    .action(async (words: string[], _options, command: Command) => {
      const { client, json, namespaceOf } = contextOf(command);
      const { kind, name } = parseNamedTarget(words, 'Delete');
      const answer = await client.delete(kind, await namespaceOf(kind), name);
      if (json) printJson(answer);
      else print(`${(await client.resource(kind)).kind}/${name} deleted`);
    });
}
