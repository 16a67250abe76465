import {
  AccessButton,
  EmptyState,
  organizationPath,
  PageFrame,
  RelativeTime,
  ResourceTable,
  StatusChip,
  TableColumn,
  useAccess,
  useNewDialog,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import { useNavigate } from 'react-router-dom';
import { repositoryPath } from '../api/links';
import { CreateRepositoryDialog } from './CreateRepositoryDialog';

const COLUMNS: readonly TableColumn<Repository>[] = [
  {
    name: 'Description',
    width: 'minmax(0, 2fr)',
    wideOnly: true,
    render: ({ spec }) => spec.description,
    text: ({ spec }) => spec.description ?? '',
  },
  {
    name: 'Visibility',
    width: '110px',
    render: ({ spec }) => spec.visibility,
    text: ({ spec }) => spec.visibility ?? 'private',
  },
  {
    name: 'Default branch',
    width: '130px',
    wideOnly: true,
    render: ({ spec }) => spec.defaultBranch,
    text: ({ spec }) => spec.defaultBranch,
  },
  {
    name: 'Status',
    width: '130px',
    render: ({ spec, status }) => (
      <StatusChip status={spec.archived ? 'Archived' : (status?.phase ?? 'Pending')} />
    ),
    text: ({ status }) => status?.phase ?? '',
  },
  { name: 'Last push', width: '120px', render: ({ status }) => <RelativeTime time={status?.lastPushAt} /> },
];

/** The repositories of an organization. */
export function RepositoriesPage() {
  const { organization, namespace } = useOrganization();
  const navigate = useNavigate();
  const list = useResourceList(Repository, { namespace });
  const access = useAccess('create', Repository, namespace);
  const [asked, show] = useNewDialog();
  const create = (
    <AccessButton
      variant="contained"
      size="small"
      access={access}
      permission="create repositories"
      onClick={() => show(true)}
    >
      New repository
    </AccessButton>
  );
  return (
    <PageFrame
      title="Repositories"
      organization={organization}
      lede="Code that Krate hosts, protects and lets agents work on."
      action={create}
    >
      <ResourceTable
        label="Repositories"
        list={list}
        columns={COLUMNS}
        titleWidth="minmax(160px, 1fr)"
        rowPath={({ metadata }) => repositoryPath(organization, metadata.name)}
        empty={
          <EmptyState title="No repository yet">
            Create one here, from a template, or with <code>krate apply</code>.
          </EmptyState>
        }
      />
      <CreateRepositoryDialog
        open={asked && access?.allowed === true}
        organization={organization}
        namespace={namespace}
        onClose={() => show(false)}
        onCreated={name => navigate(organizationPath(organization, 'repositories', name))}
      />
    </PageFrame>
  );
}
