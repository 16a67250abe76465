import { Command } from 'commander';
import { ApiClient } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { configurationPath, writeConfiguration } from '../Configuration';
import { contextOf } from '../context';
import { note, print, printJson } from '../output';
import { parseDuration } from '../parseDuration';
import { organizationsOf } from './organization';
import { endOf } from './token';

/** Splits `http://host:7007/#sign-in=TOKEN` into the server and the single-use token. */
export function parseSignInLink(link: string): { server: string; token: string } {
  const match = /^(https?:\/\/[^#]+?)\/*#sign-in=(\S+)$/.exec(link.trim());
  if (!match) {
    throw new CliError('That is no sign-in link; it looks like http://127.0.0.1:7007/#sign-in=…', EXIT.usage);
  }
  return { server: match[1], token: match[2] };
}

export function registerLogin(program: Command): void {
  program
    .command('login <link>')
    .description('sign in with a single-use link (the server prints one at its start)')
    .option('--expires <duration>', 'how long the token lasts, for example 12h or 30d', parseDuration)
    .action(async (link: string, _options, command: Command) => {
      const { server, token } = parseSignInLink(link);
      const { org, expires } = command.optsWithGlobals();
      let session: { token: string; user: string; expiresAt?: string };
      try {
        session = await new ApiClient({ server, token: '' }).post('login', {
          token,
          ...(expires && { expiresInSeconds: expires }),
        });
      } catch (error) {
        if (error instanceof CliError && error.exitCode === EXIT.denied) {
          throw new CliError(
            'That sign-in link was used already or has expired; ask for another.',
            EXIT.denied,
          );
        }
        throw error;
      }
      const organizations = await organizationsOf(new ApiClient({ server, token: session.token }));
      const organization: string | undefined =
        org ?? (organizations.length === 1 ? organizations[0] : undefined);
      writeConfiguration({ server, token: session.token, user: session.user, organization });
      note(`Signed in to ${server} as ${session.user}; the token is in ${configurationPath()}.`);
      if (session.expiresAt) note(`It ends ${endOf(session)}; \`krate token list\` shows all of them.`);
      if (organization) note(`The organization meant is ${organization}.`);
      else if (organizations.length > 1)
        note(`Choose an organization with \`krate org <name>\`: ${organizations.join(', ')}.`);
    });

  program
    .command('whoami')
    .description('who the server takes you for')
    .action(async (_options, command: Command) => {
      const { client, json } = contextOf(command);
      const identity = await client.json('whoami');
      if (json) printJson(identity);
      else print(identity.user ?? identity.name);
    });

  program
    .command('sign-in-link <user>')
    .description('make a single-use link for another person (platform administrators)')
    .action(async (user: string, _options, command: Command) => {
      const { client, configuration, json } = contextOf(command);
      const { token } = await client.post('tokens', { purpose: 'sign-in', user });
      const link = `${configuration.server}/#sign-in=${token}`;
      if (json) printJson({ user, link });
      else print(link);
    });
}
