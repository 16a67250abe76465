import { AuthResolverContext } from '@backstage/plugin-auth-node';
import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';

type Person = Extract<Principal, { type: 'user' }>;

/** A Backstage token with groups as the catalog names them: one of each organization, one of each team. */
export async function issueIdentity(
  controlPlane: Pick<ControlPlane, 'organizationsOf'>,
  context: Pick<AuthResolverContext, 'issueToken'>,
  person: Person,
) {
  const userEntityRef = `user:default/${person.name}`;
  const memberships = await controlPlane.organizationsOf(person);
  const groups = memberships.flatMap(({ organization, teams }) => [
    `group:default/${organization}`,
    ...teams.map(team => `group:${organization}/${team}`),
  ]);
  return context.issueToken({ claims: { sub: userEntityRef, ent: [userEntityRef, ...groups] } });
}
