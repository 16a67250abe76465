import { ResourceClient } from '@krate/controller-runtime';
import { IdentityMapping, User } from '@krate/plugin-control-plane-common';
import { Identity } from '../git/Identity';

/** The name and address a person has in an organization; for others, their login and an address nobody has. */
export async function identityOf(
  client: ResourceClient,
  namespace: string,
  login: string,
): Promise<Identity> {
  const fallback = { name: login, email: `${login.replace(/[^A-Za-z0-9._-]/g, '-')}@users.noreply.krate` };
  const { items } = await client.list(IdentityMapping, { namespace });
  const mapping = items.find(({ spec }) => spec.provider === 'backstage' && spec.subject === login);
  const user = mapping && (await client.get(User, { namespace, name: mapping.spec.user }));
  return user ? { name: user.spec.displayName, email: user.spec.email ?? fallback.email } : fallback;
}
