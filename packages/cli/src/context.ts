import { Command } from 'commander';
import { ApiClient, ApiObject } from './ApiClient';
import { CliError, EXIT } from './CliError';
import { Configuration, readConfiguration } from './Configuration';

/** What a command works with, from the login and the global options. */
export interface Context {
  client: ApiClient;
  configuration: Configuration;
  json: boolean;
  /** The namespace meant: `--namespace`, else that of the organization. */
  namespace(): string;
  /** `--org`, else `$KRATE_ORG`, else the one of the login; undefined when none of them says. */
  organization?: string;
  /** Where objects of a kind are: nowhere, in the platform's namespace, or in {@link namespace}. */
  namespaceOf(kind: string): Promise<string>;
}

const PLATFORM_NAMESPACE = 'krate-system';

/** @throws CliError when nobody is signed in */
export function contextOf(command: Command): Context {
  const options = command.optsWithGlobals<{ org?: string; namespace?: string; json?: boolean }>();
  const configuration = readConfiguration();
  const client = new ApiClient(configuration);
  const organization = options.org ?? process.env.KRATE_ORG ?? configuration.organization;
  const namespace = () => {
    if (options.namespace) return options.namespace;
    if (organization) return namespaceOfOrganization(organization);
    throw new CliError('Which organization? Give --org, or choose one with `krate org <name>`.', EXIT.usage);
  };
  return {
    client,
    configuration,
    json: Boolean(options.json),
    organization,
    namespace,
    async namespaceOf(name) {
      const { platform, namespaced } = await client.resource(name);
      if (!namespaced) return '';
      return platform ? PLATFORM_NAMESPACE : namespace();
    },
  };
}

/** An organization is a namespace. */
export function namespaceOfOrganization(organization: string): string {
  return `krate-org-${organization}`;
}

/** The object that words point at. */
export async function getObject(
  { client, namespaceOf }: Context,
  kind: string,
  name: string,
): Promise<ApiObject> {
  return client.get(kind, await namespaceOf(kind), name);
}
