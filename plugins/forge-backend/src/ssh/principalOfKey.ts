import { ResourceClient } from '@krate/controller-runtime';
import {
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  organizationOf,
  User,
} from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { SSHKey } from '@krate/plugin-forge-common';
import { keyProblem } from '../keys/keyProblem';

/**
 * Who comes with a key: its owner, limited to the key's organization (whose admins could have named anybody), or the key
 * itself where a machine holds it. Undefined: the key opens nothing any more.
 */
export async function principalOfKey(
  client: Pick<ResourceClient, 'list'>,
  key: SSHKey,
  now: Date,
): Promise<Principal | undefined> {
  const { metadata, spec } = key;
  const namespace = metadata.namespace!;
  if (!spec.uses.includes('authentication') || metadata.deletionTimestamp) return undefined;
  const { items: users } = await client.list(User, { namespace });
  if (keyProblem(key, users, now)) return undefined;
  if (spec.scope !== 'user') return { type: 'key', name: metadata.name, namespace, uid: metadata.uid };
  const { items: mappings } = await client.list(IdentityMapping, { namespace });
  const mapping = mappings.find(
    candidate => candidate.spec.user === spec.owner && candidate.spec.provider === BACKSTAGE_PROVIDER,
  );
  const organization = organizationOf(namespace);
  if (!mapping || !organization) return undefined;
  const limits = { organizations: [organization], ...(spec.readOnly ? { readOnly: true as const } : {}) };
  return { type: 'user', name: mapping.spec.subject, limits };
}
