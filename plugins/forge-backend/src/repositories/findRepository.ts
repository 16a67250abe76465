import { ResourceClient } from '@krate/controller-runtime';
import { Repository } from '@krate/plugin-forge-common';

/** Every name that leads to a repository, the one it has first. */
export function namesOf({ metadata, spec }: Repository): string[] {
  return [...(spec.renamedTo ? [spec.renamedTo] : []), metadata.name, ...(spec.formerNames ?? [])];
}

/** The repository that a name leads to: its own, its present one, or one it had. */
export async function findRepository(
  client: Pick<ResourceClient, 'get' | 'list'>,
  namespace: string,
  name: string,
): Promise<Repository | undefined> {
  const found = await client.get(Repository, { namespace, name });
  if (found) return found;
  const { items } = await client.list(Repository, { namespace });
  return items.find(repository => namesOf(repository).includes(name));
}
