import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import { refuse } from './refuse';

type Owner = NonNullable<AdmissionRequest['object']['metadata']['ownerReferences']>[number];

/**
 * An owner is an object of the same namespace. A person's reference to anything else is refused, the same for what is
 * elsewhere and for what is not at all: the collector would delete the object at once, or let it hold up the deletion of
 * something of another organization's. References that were there already stay.
 */
export function ownersAreNeighbours(
  kindNamed: (name: string) => Kind | undefined,
): (request: AdmissionRequest) => Promise<void> {
  return async request => {
    const { operation, object, oldObject, principal } = request;
    if (operation === 'delete' || principal.type === 'system') return;
    const known = new Set(oldObject?.metadata.ownerReferences?.map(({ uid }) => uid));
    for (const [index, owner] of (object.metadata.ownerReferences ?? []).entries()) {
      if (known.has(owner.uid) || (await exists(request, owner, kindNamed(owner.kind)))) continue;
      const message =
        'there is no such object with this uid in the namespace; an owner lives beside what it owns';
      throw refuse(request, 'Invalid', {
        reason: 'OWNER_MISSING',
        field: `metadata.ownerReferences[${index}]`,
        message,
      });
    }
  };
}

async function exists(
  { client, namespace }: AdmissionRequest,
  { name, uid }: Owner,
  kind: Kind | undefined,
): Promise<boolean> {
  if (!kind || (!kind.clusterScoped && !namespace)) return false;
  const found = await client.get(kind, { namespace: kind.clusterScoped ? undefined : namespace, name });
  return found?.metadata.uid === uid;
}
