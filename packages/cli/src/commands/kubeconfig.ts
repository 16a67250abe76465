import { Command } from 'commander';
import { contextOf } from '../context';
import { print } from '../output';

export function registerKubeconfig(program: Command): void {
  program
    .command('kubeconfig')
    .description('print a kubeconfig with a token of yours, the TLS address and its CA')
    .action(async (_options, command: Command) => {
      const { client } = contextOf(command);
      const { org, namespace } = command.optsWithGlobals();
      const query = new URLSearchParams({ ...(org ? { namespace: `krate-org-${org}` } : {}), ...(namespace ? { namespace } : {}) });
      print(await (await client.fetch(`kubeconfig?${query}`)).text());
    });
}
