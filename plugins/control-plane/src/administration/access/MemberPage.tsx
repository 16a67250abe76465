import { useApi } from '@backstage/core-plugin-api';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import {
  CopyField,
  DisabledReason,
  EmptyState,
  Facts,
  krateApiRef,
  Link,
  MissingPermission,
  organizationPath,
  PageFrame,
  Problem,
  reasonOf,
  RelativeTime,
  Section,
  SectionGrid,
  SkeletonRows,
  StatusChip,
  useAccess,
  useOrganization,
  useUndo,
} from '@krate/plugin-control-plane-react';
import { Role } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { useParams } from 'react-router-dom';
import { Member, membersOf, sourceWords } from '../shared/members';
import { RoleField } from '../shared/roles';
import { bindingsOf, setRole } from '../shared/setRole';
import { useDirectories } from '../shared/useDirectories';
import { PermissionsSection } from './PermissionsSection';
import { RemoveMember } from './RemoveMember';

/** One member: who they are, what they may do and why, and how that is changed. */
export function MemberPage() {
  const { organization, namespace } = useOrganization();
  const { name = '' } = useParams();
  const directories = useDirectories(namespace);
  const member = useMemo(
    () => membersOf(directories).find(({ metadata }) => metadata.name === name),
    [directories, name],
  );
  const members = organizationPath(organization, 'manage', 'access', 'members');
  return (
    <PageFrame
      title={member?.spec.displayName ?? name}
      heading={
        <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center' }}>
          {member?.spec.displayName ?? name} <StatusChip status={member?.member.state} />
        </Box>
      }
      organization={organization}
      crumbs={[{ label: 'Members', to: members }]}
    >
      {directories.error && <Problem error={directories.error} title="The members could not be read" />}
      {directories.loading && <SkeletonRows rows={8} />}
      {!directories.loading && !member && (
        <EmptyState
          title={`${organization} has no member called ${name}`}
          action={<Link to={members}>All members</Link>}
        />
      )}
      {member && <Sections member={member} bindings={directories.bindings} />}
    </PageFrame>
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
      <RoleSection member={member} bindings={bindings} />
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

function RoleSection({ member, bindings }: { member: Member; bindings: readonly AgentRoleBinding[] }) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const [error, setError] = useState<Error>();
  const access = useAccess('update', AgentRoleBinding, namespace);
  const { sources } = member.member;
  const subject = { kind: 'User', name: member.metadata.name } as const;
  const own = bindingsOf(subject, bindings)[0]?.spec.roleRef.name as Role | undefined;

  const change = async (role: Role | undefined) => {
    setError(undefined);
    try {
      await setRole(api, namespace, { subject, bindings, role });
      announce({
        message: role
          ? `${member.spec.displayName} is ${role} now`
          : `${member.spec.displayName} has no own role now`,
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
      <Box sx={{ display: 'grid', gap: 2 }}>
        <DisabledReason reason={reason}>
          <Box sx={{ display: 'grid' }}>
            <RoleField
              label="Given directly"
              value={own}
              onChange={change}
              none="Nothing but what teams give."
              disabled={Boolean(reason)}
            />
          </Box>
        </DisabledReason>
        {error && <Problem error={error} title="The role was not changed" />}
        {sources.length === 0 ? (
          <Typography variant="body2">
            Without a role a member sees nothing of the organization. Choose one, or add them to a team that
            has one.
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
      </Box>
      {bar}
    </Section>
  );
}
