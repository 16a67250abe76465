import { Command } from 'commander';
import { ApiClient } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { note, print, printJson, printTable } from '../output';

interface AuditEvent {
  id: number;
  time: string;
  principal: string;
  action: string;
  outcome: string;
  resource?: string;
}

type Verification =
  | { ok: true; events: number; head: string; unchained: number; prunedTo?: number; prunedAt?: string }
  | { ok: false; brokenAt: number; reason: string };

/** `krate audit list | export | verify`. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('who did what, and what was refused');

  filtered(audit.command('list').description('the newest events'))
    .option('--limit <count>', 'how many', '50')
    .action(async (_options, command: Command) => {
      const { client, json } = contextOf(command);
      const { items } = await client.json<{ items: AuditEvent[] }>(`audit?${parametersOf(command)}`);
      if (json) {
        printJson(items);
        return;
      }
      const rows = items.map(event => [
        event.time,
        event.principal,
        event.action,
        event.resource,
        event.outcome,
      ]);
      printTable(['when', 'who', 'verb', 'object', 'outcome'], rows);
    });

  filtered(audit.command('export').description('all events that match, on standard output'))
    .option('--format <format>', 'csv or json', 'csv')
    .action(async (_options, command: Command) => {
      const { client } = contextOf(command);
      print(await (await client.fetch(`audit/export?${parametersOf(command)}`)).text());
    });

  audit
    .command('verify')
    .description('recompute the hashes that tie every event to the one before (platform administrators)')
    .option('--anchor <head>', 'the head that an earlier verification printed')
    .action(async (_options, command: Command) => {
      const { client, json } = contextOf(command);
      const found = await verify(client, command.opts().anchor);
      if (json) printJson(found);
      if (!found.ok) {
        throw new CliError(
          `The audit trail is broken at event ${found.brokenAt}: ${found.reason}.`,
          EXIT.failed,
        );
      }
      if (json) return;
      print(found.head);
      note(
        `${found.events} events are as they were recorded. Note the line above and give it as --anchor next time.`,
      );
      if (found.prunedAt) note(`Events up to ${found.prunedTo} were older than is kept, and removed.`);
      if (found.unchained > 0) note(`${found.unchained} events are from before there were hashes.`);
    });
}

function verify(client: ApiClient, anchor: string | undefined): Promise<Verification> {
  return client.json(`audit/verify${anchor ? `?anchor=${encodeURIComponent(anchor)}` : ''}`);
}

function filtered(command: Command): Command {
  return command
    .option('--who <name>', 'part of the name of who did it')
    .option('--action <verb>', 'the verb: create, merge, sign-in, …')
    .option('--kind <kind>', 'the kind of the object')
    .option('--object <name>', 'part of the object’s name')
    .option('--outcome <outcome>', 'allowed, denied or failed')
    .option('--since <time>', 'not before this time, RFC 3339')
    .option('--until <time>', 'before this time, RFC 3339')
    .option('--everywhere', 'every organization, and the platform (platform administrators)');
}

/** The filters as the route takes them; the organization that is meant unless it is every one. */
function parametersOf(command: Command): string {
  const { everywhere, ...filters } = command.opts();
  const { organization } = contextOf(command);
  if (!everywhere && !organization)
    throw new CliError('Say which organization with --org, or --everywhere.', EXIT.usage);
  return new URLSearchParams({ ...(everywhere ? {} : { org: organization! }), ...filters }).toString();
}
