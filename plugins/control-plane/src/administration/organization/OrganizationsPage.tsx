import { Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  EmptyState,
  organizationPath,
  ResourceList,
  ResourceTable,
  StatusChip,
  TableColumn,
  useAccess,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { CreateOrganizationDialog } from '../../pages/CreateOrganizationDialog';
import { useOrganizations } from '../../shell/useOrganizations';
import { OrganizationFrame } from './OrganizationFrame';

const COLUMNS: readonly TableColumn<Organization>[] = [
  { name: 'Identity', render: ({ metadata }) => metadata.name, text: ({ metadata }) => metadata.name },
  {
    name: 'What it is for',
    render: ({ spec }) => spec.description,
    text: ({ spec }) => spec.description ?? '',
    wideOnly: true,
  },
  {
    name: 'State',
    render: ({ spec, status }) => <StatusChip status={spec.suspended ? 'Suspended' : status?.phase} />,
    text: ({ spec, status }) => (spec.suspended ? 'Suspended' : (status?.phase ?? '')),
    width: '140px',
  },
];

/** Every organization for who runs the platform, one's own for everybody else. */
export function OrganizationsPage() {
  const navigate = useNavigate();
  const access = useAccess('create', Organization, PLATFORM_NAMESPACE);
  const sees = useAccess('list', Organization, PLATFORM_NAMESPACE);
  const all = useResourceList(Organization, { namespace: sees?.allowed ? PLATFORM_NAMESPACE : undefined });
  const own = useOwn();
  const [creating, setCreating] = useState(false);
  const create = (
    <AccessButton
      variant="contained"
      access={access}
      permission="create organizations, which only administrators of the platform do"
      onClick={() => setCreating(true)}
    >
      Create an organization
    </AccessButton>
  );
  return (
    <OrganizationFrame tab="all" action={create}>
      <ResourceTable
        label="Organizations"
        list={sees?.allowed ? all : { ...own, loading: own.loading || sees === undefined }}
        columns={COLUMNS}
        rowPath={({ metadata }) => organizationPath(metadata.name, 'manage', 'organization')}
        rowTitle={({ spec }) => spec.displayName}
        empty={<EmptyState title="No organization yet" action={create} />}
      />
      <CreateOrganizationDialog
        open={creating}
        onClose={() => setCreating(false)}
        onCreated={name => navigate(organizationPath(name))}
      />
    </OrganizationFrame>
  );
}

/** Whoever does not run the platform may not list organizations, but knows their own. */
function useOwn(): ResourceList<Organization> {
  const { organizations, error } = useOrganizations();
  return useMemo(
    () => ({
      loading: !organizations && !error,
      error,
      items: (organizations ?? []).map(
        ({ name, displayName }) =>
          ({ metadata: { name, uid: name }, spec: { displayName } }) as unknown as Organization,
      ),
    }),
    [organizations, error],
  );
}
