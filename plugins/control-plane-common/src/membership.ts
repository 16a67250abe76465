import { Role, ROLES } from '@krate/resource-model';
import type { AgentRoleBinding, IdentityMapping, Team, User } from './kinds';

/** The provider of identity mappings whose subject is a Backstage user name. */
export const BACKSTAGE_PROVIDER = 'backstage';

/** Scopes that give a role in a whole organization, and the one that gives it in the platform. */
export const ORGANIZATION_SCOPES = ['organization', 'namespace'];
export const PLATFORM_SCOPES = ['cluster'];

/** The small objects that say who is who and who may what in one namespace. */
export interface Directories {
  users: readonly User[];
  teams: readonly Team[];
  mappings: readonly IdentityMapping[];
  bindings: readonly AgentRoleBinding[];
}

/** One way in which a user holds a role. */
export interface RoleSource {
  role: Role;
  /** Name of the AgentRoleBinding. */
  binding: string;
  /** The team that the role was given to; absent when it was given to the user. */
  team?: string;
}

/** Teams of a user, as member or maintainer, by name. */
export function teamsOf(user: string, teams: readonly Team[]): string[] {
  return teams
    .filter(({ spec }) => [...(spec.members ?? []), ...(spec.maintainers ?? [])].includes(user))
    .map(team => team.metadata.name);
}

/** Every binding that gives a user a role, greatest role first; bindings under deletion and unknown roles give nothing. */
export function roleSourcesOf(
  user: string,
  { teams, bindings }: Pick<Directories, 'teams' | 'bindings'>,
  scopes: readonly string[] = ORGANIZATION_SCOPES,
): RoleSource[] {
  const own = teamsOf(user, teams);
  return bindings
    .filter(({ spec, metadata }) => scopes.includes(spec.scope.kind) && !metadata.deletionTimestamp)
    .flatMap(({ spec: { subject, roleRef }, metadata }): RoleSource[] => {
      const role = ROLES.find(known => known === roleRef.name);
      if (!role) return [];
      if (subject.kind === 'User' && subject.name === user) return [{ role, binding: metadata.name }];
      if (subject.kind === 'Team' && own.includes(subject.name))
        return [{ role, binding: metadata.name, team: subject.name }];
      return [];
    })
    .sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role) || a.binding.localeCompare(b.binding));
}

/** Names of the users who can sign in and hold a role, in the order of the users. */
export function holdersOf(
  role: Role,
  directories: Directories,
  scopes: readonly string[] = ORGANIZATION_SCOPES,
): string[] {
  const { users, mappings } = directories;
  return users
    .filter(({ metadata, spec }) => !spec.disabled && !metadata.deletionTimestamp)
    .map(({ metadata }) => metadata.name)
    .filter(name =>
      mappings.some(
        ({ spec, metadata }) =>
          spec.user === name && spec.provider === BACKSTAGE_PROVIDER && !metadata.deletionTimestamp,
      ),
    )
    .filter(name => {
      const [greatest] = roleSourcesOf(name, directories, scopes);
      return greatest !== undefined && ROLES.indexOf(greatest.role) >= ROLES.indexOf(role);
    });
}
