import { Command } from 'commander';
import { contextOf } from '../context';
import { print, printJson } from '../output';

/** `approve` and `deny` write the one field that holds a decision; the server stamps who and when. */
export function registerDecide(program: Command): void {
  for (const decision of ['approve', 'deny'] as const) {
    program
      .command(`${decision} <approval>`)
      .description(`${decision} what a run asks for`)
      .option('--comment <text>', 'why')
      .action(async (name: string, options: { comment?: string }, command: Command) => {
        const { client, json, namespace } = contextOf(command);
        const approval = await client.patch('AgentApproval', namespace(), name, {
          spec: { decision, ...(options.comment ? { comment: options.comment } : {}) },
        });
        if (json) printJson(approval);
        else print(`${name}: ${decision === 'approve' ? 'approved' : 'denied'}`);
      });
  }
}
