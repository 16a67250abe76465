import { Command } from 'commander';
import { ApiClient } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { isFromEnvironment, writeConfiguration } from '../Configuration';
import { contextOf } from '../context';
import { note, print, printJson } from '../output';

/** The organizations of whoever is signed in, by name. */
export async function organizationsOf(client: ApiClient): Promise<string[]> {
  const { organizations = [] } = await client.json<{ organizations?: { organization: string }[] }>('whoami');
  return organizations.map(({ organization }) => organization).sort();
}

export function registerOrganization(program: Command): void {
  program
    .command('org [name]')
    .description('choose the organization that is meant without --org, or list yours')
    .action(async (name: string | undefined, _options, command: Command) => {
      const { client, configuration, json, organization } = contextOf(command);
      const organizations = await organizationsOf(client);
      if (name === undefined) {
        if (json) printJson({ organization, organizations });
        else organizations.forEach(each => print(`${each === organization ? '*' : ' '} ${each}`));
        return;
      }
      if (!organizations.includes(name)) {
        throw new CliError(
          `You are in no organization ${name}; yours: ${organizations.join(', ') || 'none'}`,
          EXIT.notFound,
        );
      }
      if (isFromEnvironment())
        throw new CliError('KRATE_SERVER and KRATE_TOKEN are set; choose with KRATE_ORG.', EXIT.usage);
      writeConfiguration({ ...configuration, organization: name });
      note(`${name} is meant from now on.`);
    });
}
