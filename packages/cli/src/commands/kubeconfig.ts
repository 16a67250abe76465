import { Command } from 'commander';
import { parseDocument } from 'yaml';
import { CliError, EXIT } from '../CliError';
import { contextOf } from '../context';
import { print } from '../output';

/**
 * Makes the context of a namespace the current one.
 *
 * @throws CliError when the kubeconfig has none for it
 */
export function withCurrentNamespace(kubeconfig: string, namespace: string): string {
  const document = parseDocument(kubeconfig);
  const contexts: { name: string; context: { namespace?: string } }[] = document.toJS().contexts;
  const found = contexts.find(({ context }) => context.namespace === namespace);
  if (!found) {
    const known = contexts.map(({ context }) => context.namespace).join(', ');
    throw new CliError(`You have no context in ${namespace}; there is ${known}.`, EXIT.notFound);
  }
  document.set('current-context', found.name);
  return document.toString({ lineWidth: 0 });
}

export function registerKubeconfig(program: Command): void {
  program
    .command('kubeconfig')
    .description('print a kubeconfig with a token of yours, the TLS address and its CA')
    .action(async (_options, command: Command) => {
      const { client, namespace, organization } = contextOf(command);
      const kubeconfig = await (await client.fetch('kubeconfig')).text();
      const isChosen = organization !== undefined || command.optsWithGlobals().namespace !== undefined;
      print(isChosen ? withCurrentNamespace(kubeconfig, namespace()) : kubeconfig);
    });
}
