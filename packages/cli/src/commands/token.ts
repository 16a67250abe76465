import { Command } from 'commander';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { note, print, printJson, printTable } from '../output';
import { parseDuration } from '../parseDuration';

interface ListedToken {
  id: string;
  purpose: string;
  description: string;
  createdAt: string;
  expiresAt?: string;
  lastUsedAt?: string;
  readOnly?: boolean;
  organizations?: string[];
  current?: boolean;
}

/** `krate token create | list | revoke`: access tokens of one's own, for terminals, pipelines and git. */
export function registerToken(program: Command): void {
  const tokens = program.command('token').description('access tokens of your own');

  tokens
    .command('create <name>')
    .description('make an access token and print it, this once')
    .option('--read-only', 'it reads, and changes nothing')
    .option('--only <organization...>', 'it sees these organizations only')
    .option('--expires <duration>', 'how long it lasts, for example 12h or 30d', parseDuration)
    .action(async (name: string, _options, command: Command) => {
      const { client, json } = contextOf(command);
      const { readOnly, only, expires } = command.opts();
      const made = await client.post('tokens', {
        description: name,
        ...(readOnly && { readOnly: true }),
        ...(only && { organizations: only }),
        ...(expires && { expiresInSeconds: expires }),
      });
      if (json) {
        printJson(made);
        return;
      }
      print(made.token);
      note(
        `It ends ${endOf(made)}, and is not shown again. Revoke it with \`krate token revoke ${made.id}\`.`,
      );
    });

  tokens
    .command('list')
    .description('the access tokens and sessions you have')
    .action(async (_options, command: Command) => {
      const { client, json } = contextOf(command);
      const { items } = await client.json<{ items: ListedToken[] }>('tokens');
      if (json) {
        printJson(items);
        return;
      }
      const rows = items.map(token => [
        token.id,
        token.current ? `${token.description} (this one)` : token.description,
        token.purpose,
        limitsOf(token),
        token.lastUsedAt ?? 'never',
        token.expiresAt ?? 'never',
      ]);
      printTable(['id', 'name', 'kind', 'may', 'last used', 'ends'], rows);
    });

  tokens
    .command('revoke <id>')
    .description('end a token at once, by its id or name')
    .action(async (id: string, _options, command: Command) => {
      const { client } = contextOf(command);
      const { items } = await client.json<{ items: ListedToken[] }>('tokens');
      const meant = items.filter(token => token.id === id || token.description === id);
      if (meant.length === 0) throw new CliError(`You have no token ${id}.`, EXIT.notFound);
      if (meant.length > 1)
        throw new CliError(
          `Several tokens are called ${id}; use an id: ${meant.map(token => token.id).join(', ')}`,
          EXIT.usage,
        );
      await client.fetch(`tokens/${meant[0].id}`, { method: 'DELETE' });
      note(`${meant[0].description} is revoked.`);
    });
}

/** When a token ends, in words. */
export function endOf({ expiresAt }: { expiresAt?: string }): string {
  return expiresAt ? `on ${expiresAt.slice(0, 10)}` : 'never';
}

function limitsOf({ readOnly, organizations }: ListedToken): string {
  return `${readOnly ? 'read' : 'read and write'}${organizations ? ` in ${organizations.join(', ')}` : ''}`;
}
