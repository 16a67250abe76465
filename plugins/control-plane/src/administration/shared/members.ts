import {
  BACKSTAGE_PROVIDER,
  Directories,
  IdentityMapping,
  RoleSource,
  roleSourcesOf,
  teamsOf,
  User,
} from '@krate/plugin-control-plane-common';

/** A user of an organization together with all that follows from the other objects. */
export type Member = User & {
  member: {
    /** The Backstage user name; undefined when no login leads to the user. */
    login?: string;
    mappings: IdentityMapping[];
    /** Greatest first. */
    sources: RoleSource[];
    teams: string[];
    state: 'Active' | 'Disabled' | 'Terminating' | 'Pending';
  };
};

export function membersOf(directories: Directories): Member[] {
  return directories.users.map(user => memberOf(user, directories));
}

function memberOf(user: User, directories: Directories): Member {
  const { name } = user.metadata;
  const mappings = directories.mappings.filter(({ spec }) => spec.user === name);
  const login = mappings.find(({ spec }) => spec.provider === BACKSTAGE_PROVIDER)?.spec.subject;
  return {
    ...user,
    member: {
      login,
      mappings,
      sources: roleSourcesOf(name, directories),
      teams: teamsOf(name, directories.teams),
      state: stateOf(user, login),
    },
  };
}

function stateOf({ metadata, spec }: User, login: string | undefined): Member['member']['state'] {
  if (metadata.deletionTimestamp) return 'Terminating';
  if (spec.disabled) return 'Disabled';
  return login ? 'Active' : 'Pending';
}

/** Where a role comes from, in words. */
export function sourceWords({ team }: RoleSource): string {
  return team ? `team ${team}` : 'given directly';
}
