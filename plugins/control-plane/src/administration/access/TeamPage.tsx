import { useApi } from '@backstage/core-plugin-api';
import { AgentRoleBinding, Team, User } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  DisabledReason,
  EmptyState,
  krateApiRef,
  Link,
  MissingPermission,
  organizationPath,
  PageFrame,
  Problem,
  reasonOf,
  Section,
  SectionGrid,
  SkeletonRows,
  useAccess,
  useOrganization,
  useUndo,
} from '@krate/plugin-control-plane-react';
import { Role } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { RoleField } from '../shared/roles';
import { bindingsOf, setRole } from '../shared/setRole';
import { useDirectories } from '../shared/useDirectories';
import { PermissionsSection } from './PermissionsSection';
import { TeamMembers } from './TeamMembers';

/** One team: who is in it, what it gives them. */
export function TeamPage() {
  const { organization, namespace } = useOrganization();
  const { name = '' } = useParams();
  const { teams, users, bindings, loading, error } = useDirectories(namespace);
  const team = teams.find(({ metadata }) => metadata.name === name);
  const all = organizationPath(organization, 'manage', 'access', 'teams');
  return (
    <PageFrame
      title={team?.spec.displayName ?? name}
      lede={team?.spec.description}
      organization={organization}
      crumbs={[{ label: 'Teams', to: all }]}
    >
      {error && <Problem error={error} title="The team could not be read" />}
      {loading && <SkeletonRows rows={8} />}
      {!loading && !team && (
        <EmptyState
          title={`${organization} has no team called ${name}`}
          action={<Link to={all}>All teams</Link>}
        />
      )}
      {team && <Sections team={team} users={users} bindings={bindings} />}
    </PageFrame>
  );
}

function Sections({
  team,
  users,
  bindings,
}: {
  team: Team;
  users: readonly User[];
  bindings: readonly AgentRoleBinding[];
}) {
  return (
    <SectionGrid>
      <TeamMembers team={team} users={users} />
      <TeamRole team={team} bindings={bindings} />
      <PermissionsSection subject={{ kind: 'Team', name: team.metadata.name }} />
      <DeleteTeam team={team} bindings={bindings} />
    </SectionGrid>
  );
}

function TeamRole({ team, bindings }: { team: Team; bindings: readonly AgentRoleBinding[] }) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const [error, setError] = useState<Error>();
  const access = useAccess('update', AgentRoleBinding, namespace);
  const subject = { kind: 'Team', name: team.metadata.name } as const;
  const own = bindingsOf(subject, bindings)[0]?.spec.roleRef.name as Role | undefined;
  const change = async (role: Role | undefined) => {
    setError(undefined);
    try {
      await setRole(api, namespace, { subject, bindings, role });
      announce({
        message: role ? `Everybody in the team is ${role} now` : 'The team gives no role now',
        undo: async () => {
          const now = await api.list(AgentRoleBinding, namespace);
          await setRole(api, namespace, { subject, bindings: now, role: own });
        },
      });
    } catch (refused) {
      setError(refused as Error);
    }
  };
  const reason = reasonOf({ access, permission: `change roles in ${organization}` });
  return (
    <Section
      title="Role"
      action={access && <MissingPermission access={access} permission={`change roles in ${organization}`} />}
    >
      <DisabledReason reason={reason}>
        <Box sx={{ display: 'grid' }}>
          <RoleField
            label="Of everybody in the team"
            value={own}
            onChange={change}
            none="The team gives no role."
            disabled={Boolean(reason)}
          />
        </Box>
      </DisabledReason>
      {error && <Problem error={error} title="The role was not changed" />}
      {bar}
    </Section>
  );
}

function DeleteTeam({ team, bindings }: { team: Team; bindings: readonly AgentRoleBinding[] }) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace } = useOrganization();
  const { name } = team.metadata;
  const access = useAccess('delete', Team, namespace, name);
  const [confirming, setConfirming] = useState(false);
  const remove = async () => {
    await setRole(api, namespace, { subject: { kind: 'Team', name }, bindings });
    await api.delete(Team, namespace, name);
    navigate(organizationPath(organization, 'manage', 'access', 'teams'));
  };
  return (
    <Section title="Delete">
      <Typography variant="body2" sx={{ mb: 2 }}>
        Its members stay in {organization} and lose what only the team gave them.
      </Typography>
      <AccessButton
        color="error"
        variant="outlined"
        access={access}
        permission={`delete teams of ${organization}`}
        onClick={() => setConfirming(true)}
      >
        Delete the team
      </AccessButton>
      <ConfirmByName
        open={confirming}
        name={name}
        title={`Delete the team ${team.spec.displayName}`}
        action="Delete the team"
        onClose={() => setConfirming(false)}
        onConfirm={remove}
      >
        The team and the role it gives are gone.
      </ConfirmByName>
    </Section>
  );
}
