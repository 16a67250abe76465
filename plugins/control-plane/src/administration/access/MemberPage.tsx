import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import {
  CopyField,
  Facts,
  Link,
  ObjectFrame,
  organizationPath,
  RelativeTime,
  Section,
  SectionGrid,
  StatusChip,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useParams } from 'react-router-dom';
import { Member, membersOf, sourceWords } from '../shared/members';
import { useDirectories } from '../shared/useDirectories';
import { PermissionsSection } from './PermissionsSection';
import { RemoveMember } from './RemoveMember';
import { RoleSection } from './RoleSection';

/** One member: who they are, what they may do and why, and how that is changed. */
export function MemberPage() {
  const { organization, namespace } = useOrganization();
  const { name = '' } = useParams();
  const directories = useDirectories(namespace);
  const member = useMemo(
    () => membersOf(directories).find(({ metadata }) => metadata.name === name),
    [directories, name],
  );
  return (
    <ObjectFrame
      noun="member"
      name={name}
      organization={organization}
      list={{ label: 'Members', to: organizationPath(organization, 'manage', 'access', 'members') }}
      loaded={{ ...directories, object: member }}
      heading={({ spec, member: { state } }) => ({
        title: spec.displayName,
        marks: <StatusChip status={state} />,
      })}
    >
      {found => <Sections member={found} bindings={directories.bindings} />}
    </ObjectFrame>
  );
}

function Sections({ member, bindings }: { member: Member; bindings: readonly AgentRoleBinding[] }) {
  const { organization } = useOrganization();
  const { metadata, spec } = member;
  return (
    <SectionGrid>
      <Section title="Person">
        <Facts
          facts={[
            [
              'User',
              <CopyField key="id" label="the identity" value={`User/${organization}/${metadata.name}`} />,
            ],
            ['Signs in as', member.member.login ?? 'nobody: no login leads here'],
            ['Email', spec.email],
            ['Teams', member.member.teams.length > 0 && <TeamLinks teams={member.member.teams} />],
            ['Member since', <RelativeTime key="since" time={metadata.creationTimestamp} />],
          ]}
        />
      </Section>
      <MemberRole member={member} bindings={bindings} />
      <PermissionsSection subject={{ kind: 'User', name: metadata.name }} />
      <RemoveMember member={member} />
    </SectionGrid>
  );
}

function TeamLinks({ teams }: { teams: readonly string[] }) {
  const { organization } = useOrganization();
  return (
    <>
      {teams.map((team, index) => (
        <span key={team}>
          {index > 0 && ', '}
          <Link to={organizationPath(organization, 'manage', 'access', 'teams', team)}>{team}</Link>
        </span>
      ))}
    </>
  );
}

function MemberRole({ member, bindings }: { member: Member; bindings: readonly AgentRoleBinding[] }) {
  const { sources } = member.member;
  const { displayName } = member.spec;
  return (
    <RoleSection
      subject={{ kind: 'User', name: member.metadata.name }}
      bindings={bindings}
      label="Given directly"
      none="Nothing but what teams give."
      told={role => (role ? `${displayName} is ${role} now` : `${displayName} has no own role now`)}
    >
      {sources.length === 0 ? (
        <Typography variant="body2">
          Without a role a member sees nothing of the organization. Choose one, or add them to a team that has
          one.
        </Typography>
      ) : (
        <Facts
          facts={[
            ['Effective', <strong key="role">{sources[0].role}</strong>],
            ...sources.map(
              source =>
                [source.role, `${sourceWords(source)} (AgentRoleBinding ${source.binding})`] as [
                  string,
                  string,
                ],
            ),
          ]}
        />
      )}
    </RoleSection>
  );
}
