import { Command } from 'commander';
import { ApiClient } from './ApiClient';
import { CliError, EXIT } from './CliError';
import { Configuration, readConfiguration } from './Configuration';

export interface Context {
  client: ApiClient;
  configuration: Configuration;
  json: boolean;
  /** The namespace meant: `--namespace`, else that of `--org`, else of the organization of the login. */
  namespace(): string;
  organization(): string;
}

/** What a command works with, from the login and the global options. */
export function contextOf(command: Command): Context {
  const options = command.optsWithGlobals<{ org?: string; namespace?: string; json?: boolean }>();
  const configuration = readConfiguration();
  const organization = () => {
    const name = options.org ?? process.env.KRATE_ORG ?? configuration.organization;
    if (!name) throw new CliError('Which organization? Give --org, or set one with `krate login --org`.', EXIT.usage);
    return name;
  };
  return {
    client: new ApiClient(configuration),
    configuration,
    json: Boolean(options.json),
    organization,
    namespace: () => options.namespace ?? `krate-org-${organization()}`,
  };
}

/** Kinds of the platform live in its own namespace, whatever organization is meant. */
export function namespaceFor(kind: string, context: Context): string {
  return ['Organization', 'OrgNamespaceBinding'].includes(kind) ? 'krate-system' : context.namespace();
}
