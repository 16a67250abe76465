import {
  AgentRoleBinding,
  Directories,
  IdentityMapping,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { useResourceList } from '@krate/plugin-control-plane-react';
import { useMemo } from 'react';

/** Who is who and who may what in a namespace, live. */
export function useDirectories(namespace: string): Directories & { loading: boolean; error?: Error } {
  const users = useResourceList(User, { namespace });
  const teams = useResourceList(Team, { namespace });
  const mappings = useResourceList(IdentityMapping, { namespace });
  const bindings = useResourceList(AgentRoleBinding, { namespace });
  return useMemo(() => {
    const parts = [users, teams, mappings, bindings];
    return {
      users: users.items,
      teams: teams.items,
      mappings: mappings.items,
      bindings: bindings.items,
      loading: parts.some(part => part.loading),
      error: parts.find(part => part.error)?.error,
    };
  }, [users, teams, mappings, bindings]);
}
