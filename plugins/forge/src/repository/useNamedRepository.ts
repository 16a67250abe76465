import { useResource, useResourceList } from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';

/** The repository that a name in an address leads to: its own, the one it was renamed to, or one it had between. */
export function useNamedRepository(
  namespace: string,
  asked: string,
): { repository: Repository | undefined; /** Of the object. */ name: string } {
  const own = useResource(Repository, namespace, asked);
  const unknown = !own.loading && !own.object;
  const others = useResourceList(Repository, { namespace: unknown ? namespace : undefined });
  const renamed = others.items.find(
    ({ spec }) => spec.renamedTo === asked || spec.formerNames?.includes(asked),
  );
  const repository = own.object ?? renamed;
  return { repository, name: repository?.metadata.name ?? asked };
}
