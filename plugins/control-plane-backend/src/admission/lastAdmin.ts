import {
  AgentRoleBinding,
  BACKSTAGE_PROVIDER,
  Directories,
  holdersOf,
  IdentityMapping,
  ORGANIZATION_SCOPES,
  organizationOf,
  PLATFORM_NAMESPACE,
  PLATFORM_SCOPES,
  roleSourcesOf,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { Resource } from '@krate/resource-model';
import { refuse } from './refuse';

/** Where each kind that makes somebody an admin stands among the {@link Directories}. */
const PARTS = new Map<string, keyof Directories>([
  [User.kind, 'users'],
  [Team.kind, 'teams'],
  [IdentityMapping.kind, 'mappings'],
  [AgentRoleBinding.kind, 'bindings'],
]);

/**
 * Nobody takes the last admin away: not by removing or disabling the user, not by unmapping their login, not through a
 * team, and not by giving them a smaller role. An organization that should go is deleted as a whole. The store is read
 * and not a cache, so that a collection is not emptied on the strength of what was there at its beginning.
 */
export async function theLastAdminStays(request: AdmissionRequest): Promise<void> {
  const { kind, operation, namespace = '', principal } = request;
  const part = PARTS.get(kind.kind);
  if (!part || operation === 'create' || principal.type === 'system') return;
  if (namespace !== PLATFORM_NAMESPACE && organizationOf(namespace) === undefined) return;

  const scopes = namespace === PLATFORM_NAMESPACE ? PLATFORM_SCOPES : ORGANIZATION_SCOPES;
  const before = await read(request, namespace);
  if (holdersOf('admin', before, scopes).length === 0) return;
  const after = changed(before, part, request);
  const [remaining] = holdersOf('admin', after, scopes);
  if (remaining) {
    // Two who take each other's role away in the same moment must not both be right.
    witnessesOf(remaining, after, scopes)
      .filter(
        ({ kind: witness, metadata }) =>
          witness !== kind.kind || metadata.name !== request.object.metadata.name,
      )
      .forEach(witness => request.expect(witness));
    return;
  }
  const place = organizationOf(namespace) ? `the organization ${organizationOf(namespace)}` : 'the platform';
  throw refuse(request, 'Forbidden', {
    reason: 'LAST_ADMIN',
    message: `it would leave ${place} without an admin who can sign in; make somebody else admin first`,
  });
}

/** What makes somebody an admin who can sign in: their user, their logins, and the binding and team they are it by. */
function witnessesOf(user: string, directories: Directories, scopes: readonly string[]): Resource[] {
  const { users, teams, mappings, bindings } = directories;
  const [{ binding, team }] = roleSourcesOf(user, directories, scopes);
  return [
    ...users.filter(({ metadata }) => metadata.name === user),
    ...mappings.filter(({ spec }) => spec.user === user && spec.provider === BACKSTAGE_PROVIDER),
    ...bindings.filter(({ metadata }) => metadata.name === binding),
    ...teams.filter(({ metadata }) => metadata.name === team),
  ];
}

async function read({ client }: AdmissionRequest, namespace: string): Promise<Directories> {
  const [users, teams, mappings, bindings] = await Promise.all([
    client.list(User, { namespace }),
    client.list(Team, { namespace }),
    client.list(IdentityMapping, { namespace }),
    client.list(AgentRoleBinding, { namespace }),
  ]);
  return { users: users.items, teams: teams.items, mappings: mappings.items, bindings: bindings.items };
}

/** What there would be after the write. */
function changed(
  before: Directories,
  part: keyof Directories,
  { operation, object }: AdmissionRequest,
): Directories {
  const others = (before[part] as readonly { metadata: { name: string } }[]).filter(
    ({ metadata }) => metadata.name !== object.metadata.name,
  );
  return { ...before, [part]: operation === 'delete' ? others : [...others, object] };
}
