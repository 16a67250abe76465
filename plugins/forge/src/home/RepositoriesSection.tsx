import {
  EmptyState,
  Link,
  organizationPath,
  RelativeTime,
  ResourceTable,
  Section,
  StatusChip,
  TableColumn,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import { useMemo } from 'react';
import { repositoryPath } from '../api/links';

const COLUMNS: readonly TableColumn<Repository>[] = [
  {
    name: 'Status',
    width: '130px',
    render: ({ spec, status }) => (
      <StatusChip status={spec.archived ? 'Archived' : (status?.phase ?? 'Pending')} />
    ),
  },
  { name: 'Last push', width: '110px', render: ({ status }) => <RelativeTime time={status?.lastPushAt} /> },
];
const latestPushFirst = (a: Repository, b: Repository) =>
  (b.status?.lastPushAt ?? '').localeCompare(a.status?.lastPushAt ?? '');

/** The repositories that were pushed to last. */
export function RepositoriesSection() {
  const { organization, namespace } = useOrganization();
  const list = useResourceList(Repository, { namespace });
  const latest = useMemo(
    () => ({ ...list, items: [...list.items].sort(latestPushFirst).slice(0, 10) }),
    [list],
  );
  const all = organizationPath(organization, 'repositories');
  return (
    <Section title="Repositories" flush action={<Link to={all}>All</Link>}>
      <ResourceTable
        label="Repositories"
        list={latest}
        columns={COLUMNS}
        order={latestPushFirst}
        rowPath={({ metadata }) => repositoryPath(organization, metadata.name)}
        filterParameter={false}
        keyboard={false}
        empty={<EmptyState title="No repository yet" action={<Link to={all}>Create the first one</Link>} />}
      />
    </Section>
  );
}
