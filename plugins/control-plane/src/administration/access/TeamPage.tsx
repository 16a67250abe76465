import { useApi } from '@backstage/core-plugin-api';
import { AgentRoleBinding, Team, User } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  krateApiRef,
  ObjectFrame,
  organizationPath,
  Section,
  SectionGrid,
  useAccess,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { setRole } from '../shared/setRole';
import { useDirectories } from '../shared/useDirectories';
import { PermissionsSection } from './PermissionsSection';
import { RoleSection } from './RoleSection';
import { TeamMembers } from './TeamMembers';

/** One team: who is in it, what it gives them. */
export function TeamPage() {
  const { organization, namespace } = useOrganization();
  const { name = '' } = useParams();
  const { teams, users, bindings, loading, error } = useDirectories(namespace);
  const team = teams.find(({ metadata }) => metadata.name === name);
  return (
    <ObjectFrame
      noun="team"
      name={name}
      organization={organization}
      list={{ label: 'Teams', to: organizationPath(organization, 'manage', 'access', 'teams') }}
      loaded={{ object: team, loading, error }}
      heading={({ spec }) => ({ title: spec.displayName, lede: spec.description })}
    >
      {found => <Sections team={found} users={users} bindings={bindings} />}
    </ObjectFrame>
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
  const subject = { kind: 'Team', name: team.metadata.name } as const;
  return (
    <SectionGrid>
      <TeamMembers team={team} users={users} />
      <RoleSection
        subject={subject}
        bindings={bindings}
        label="Of everybody in the team"
        none="The team gives no role."
        told={role => (role ? `Everybody in the team is ${role} now` : 'The team gives no role now')}
      />
      <PermissionsSection subject={subject} />
      <DeleteTeam team={team} bindings={bindings} />
    </SectionGrid>
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
