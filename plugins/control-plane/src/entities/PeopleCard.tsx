import { AgentRoleBinding, User } from '@krate/plugin-control-plane-common';
import {
  EmptyState,
  Link,
  organizationPath,
  ResourceTable,
  Section,
  StatusChip,
  TableColumn,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { ROLES } from '@krate/resource-model';
import { useMemo } from 'react';

/** Who belongs to the organization, and as what. */
export function PeopleCard() {
  const { organization, namespace } = useOrganization();
  const users = useResourceList(User, { namespace });
  const bindings = useResourceList(AgentRoleBinding, { namespace });
  const access = organizationPath(organization, 'manage', 'access');
  const columns = useMemo<TableColumn<User>[]>(
    () => [
      {
        name: 'Role',
        width: '120px',
        render: ({ metadata }) => roleOf(metadata.name, bindings.items) ?? 'none of their own',
      },
      { name: 'Status', width: '120px', render: ({ status }) => <StatusChip status={status?.phase} /> },
    ],
    [bindings.items],
  );
  return (
    <Section title="People" flush action={<Link to={access}>Access</Link>}>
      <ResourceTable
        label="People"
        list={users}
        columns={columns}
        rowTitle={({ spec }) => spec.displayName}
        rowPath={({ metadata }) =>
          organizationPath(organization, 'manage', 'access', 'members', metadata.name)
        }
        filterParameter={false}
        keyboard={false}
        empty={
          <EmptyState title="Nobody belongs to it yet" action={<Link to={access}>Invite somebody</Link>} />
        }
      />
    </Section>
  );
}

/** The greatest role that is given to the person alone; roles of teams are the teams'. */
function roleOf(user: string, bindings: readonly AgentRoleBinding[]): string | undefined {
  const held = bindings
    .filter(({ spec }) => spec.subject.kind === 'User' && spec.subject.name === user)
    .filter(({ spec }) => spec.scope.kind === 'organization')
    .map(({ spec }) => ROLES.findIndex(role => role === spec.roleRef.name));
  return ROLES[Math.max(-1, ...held)];
}
