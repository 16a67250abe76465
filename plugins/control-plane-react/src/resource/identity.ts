import { Kind, Resource } from '@krate/resource-model';

/** What it takes to address objects of a kind; discovery gives it for kinds whose declaration a screen does not have. */
export type ResourceType = Pick<
  Kind,
  'group' | 'version' | 'apiVersion' | 'kind' | 'plural' | 'resource' | 'clusterScoped'
>;

/** The exact name of an object: `Repository/acme/web`. */
export function identityOf(object: Pick<Resource, 'kind' | 'metadata'>, organization: string): string {
  return `${object.kind}/${organization}/${object.metadata.name}`;
}

/** The command that shows the same object in a terminal. */
export function kubectlLine(
  type: Pick<ResourceType, 'resource'>,
  object: Pick<Resource, 'metadata'>,
): string {
  const { namespace, name } = object.metadata;
  return `kubectl get ${type.resource} ${name}${namespace ? ` -n ${namespace}` : ''} -o yaml`;
}
