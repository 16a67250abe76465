import {
  EmptyState,
  NewButton,
  PageFrame,
  ResourceTable,
  StatusChip,
  TableColumn,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { KrateProject } from '@krate/plugin-forge-common';
import { boardPath } from '../api/links';

const COLUMNS: readonly TableColumn<KrateProject>[] = [
  {
    name: 'Description',
    wideOnly: true,
    width: 'minmax(0, 2fr)',
    render: ({ spec }) => spec.description,
    text: ({ spec }) => spec.description ?? '',
  },
  {
    name: 'State',
    width: '120px',
    render: ({ status }) => <StatusChip status={status?.phase ?? 'Pending'} />,
    text: ({ status }) => status?.phase ?? '',
  },
  { name: 'Open', width: '80px', align: 'right', render: ({ status }) => status?.openIssues },
  { name: 'Closed', width: '80px', align: 'right', render: ({ status }) => status?.closedIssues },
];

/** The boards of an organization. */
export function ProjectsPage() {
  const { organization, namespace } = useOrganization();
  const list = useResourceList(KrateProject, { namespace });
  return (
    <PageFrame
      title="Projects"
      organization={organization}
      lede="Bodies of work with a board, across repositories."
      action={
        <NewButton kind={KrateProject} organization={organization}>
          New project
        </NewButton>
      }
    >
      <ResourceTable
        label="Projects"
        list={list}
        columns={COLUMNS}
        titleWidth="minmax(160px, 1fr)"
        rowTitle={({ spec }) => spec.displayName}
        rowPath={({ metadata }) => boardPath(organization, metadata.name)}
        empty={
          <EmptyState title="No project yet">
            A project gathers issues of several repositories on one board. Make one here, from the template
            “Project”, or with <code>krate apply</code>.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
