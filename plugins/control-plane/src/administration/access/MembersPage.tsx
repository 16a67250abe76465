import { AgentRoleBinding, User } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  EmptyState,
  Link,
  organizationPath,
  ResourceTable,
  StatusChip,
  TableColumn,
  useAccess,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { useMemo, useState } from 'react';
import { Member, membersOf, sourceWords } from '../shared/members';
import { useDirectories } from '../shared/useDirectories';
import { AccessFrame } from './AccessFrame';
import { AddMemberDialog } from './AddMemberDialog';

const COLUMNS: readonly TableColumn<Member>[] = [
  {
    name: 'Role',
    render: ({ member }) => member.sources[0]?.role ?? 'none',
    text: ({ member }) => member.sources[0]?.role ?? 'none',
    width: '110px',
  },
  {
    name: 'Where it comes from',
    render: ({ member }) => member.sources.map(sourceWords).join(', '),
    text: ({ member }) => member.sources.map(sourceWords).join(' '),
  },
  {
    name: 'Teams',
    render: ({ member }) => member.teams.join(', '),
    text: ({ member }) => member.teams.join(' '),
    wideOnly: true,
  },
  {
    name: 'Signs in as',
    render: ({ member }) => member.login ?? 'nobody: no login leads here',
    text: ({ member }) => member.login ?? '',
    wideOnly: true,
  },
  {
    name: 'State',
    render: ({ member }) => <StatusChip status={member.state} />,
    text: ({ member }) => member.state,
    width: '130px',
  },
];

/** Everybody in an organization, with the role they effectively have and where it comes from. */
export function MembersPage() {
  const { organization, namespace } = useOrganization();
  const directories = useDirectories(namespace);
  const members = useMemo(() => membersOf(directories), [directories]);
  const access = useAccess('create', User, namespace);
  const mayGive = useAccess('create', AgentRoleBinding, namespace);
  const [adding, setAdding] = useState(false);
  const path = (...rest: string[]) => organizationPath(organization, 'manage', 'access', ...rest);
  const add = (
    <AccessButton
      variant="contained"
      access={access?.allowed ? mayGive : access}
      permission={`add members to ${organization}`}
      onClick={() => setAdding(true)}
    >
      Add a member
    </AccessButton>
  );
  return (
    <AccessFrame tab="members" action={add}>
      <ResourceTable
        label="Members"
        list={{ items: members, loading: directories.loading, error: directories.error }}
        columns={COLUMNS}
        rowPath={({ metadata }) => path('members', metadata.name)}
        rowTitle={({ metadata, spec }) => spec.displayName || metadata.name}
        empty={
          <EmptyState title="Nobody belongs to this organization yet" action={add}>
            A member is a person with a login and a role. Whoever has no login here yet gets an{' '}
            <Link to={path('invites')}>invitation</Link>.
          </EmptyState>
        }
      />
      <AddMemberDialog open={adding} onClose={() => setAdding(false)} />
    </AccessFrame>
  );
}
