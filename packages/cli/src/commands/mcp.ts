import { Command } from 'commander';
import { contextOf } from '../context';
import { serveMcp } from '../mcp/serveMcp';

export function registerMcp(program: Command): void {
  program
    .command('mcp')
    .description('serve the Model Context Protocol on stdin and stdout, for programs that use models')
    .action(async (_options: object, command: Command) => {
      const { client, organization } = contextOf(command);
      await serveMcp(client, organization);
    });
}
