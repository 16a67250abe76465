import { Command } from 'commander';
import { contextOf } from '../context';

export function registerMcp(program: Command): void {
  program
    .command('mcp')
    .description('serve the Model Context Protocol on stdin and stdout, for programs that use models')
    .action(async (_options: object, command: Command) => {
      const { client, organization } = contextOf(command);
      // The protocol's library is large, and every other command does without it.
      const { serveMcp } = await import('../mcp/serveMcp');
      await serveMcp(client, organization);
    });
}
