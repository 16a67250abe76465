import { useApi } from '@backstage/core-plugin-api';
import { Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  EmptyState,
  krateApiRef,
  Problem,
  Section,
  SectionGrid,
  SkeletonRows,
  useAccess,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { OrganizationFrame } from './OrganizationFrame';
import { SettingsForm } from './SettingsForm';

/** The settings of an organization, its suspension and its deletion. */
export function OrganizationPage() {
  const { organization } = useOrganization();
  const { object, loading, error } = useResource(Organization, PLATFORM_NAMESPACE, organization);
  return (
    <OrganizationFrame tab="settings" status={object?.spec.suspended ? 'Suspended' : object?.status?.phase}>
      {error && <Problem error={error} title="The organization could not be read" />}
      {loading && <SkeletonRows rows={8} />}
      {!loading && !object && !error && (
        <EmptyState title="There is no such organization, or you may not see it" />
      )}
      {object && (
        <SectionGrid>
          <SettingsForm organization={object} />
          <Box sx={{ display: 'grid', gap: 2 }}>
            <SuspendSection organization={object} />
            <DeleteSection organization={object} />
          </Box>
        </SectionGrid>
      )}
    </OrganizationFrame>
  );
}

function SuspendSection({ organization }: { organization: Organization }) {
  const api = useApi(krateApiRef);
  // Who may create organizations is who runs the platform; admission has the last word.
  const access = useAccess('list', Organization, PLATFORM_NAMESPACE);
  const [confirming, setConfirming] = useState(false);
  const { name } = organization.metadata;
  const { suspended } = organization.spec;
  const set = (next: boolean) =>
    api.patch(Organization, PLATFORM_NAMESPACE, name, { spec: { suspended: next } }).then(() => undefined);
  return (
    <Section title="Suspend">
      <Typography variant="body2" sx={{ mb: 2 }}>
        {suspended
          ? `${name} is suspended: its people may read everything and change nothing.`
          : 'While it is suspended, its people may read everything and change nothing. It can be lifted at any time.'}
      </Typography>
      <AccessButton
        variant="outlined"
        color={suspended ? 'primary' : 'error'}
        access={access}
        permission="suspend organizations, which only administrators of the platform do"
        onClick={() => (suspended ? set(false) : setConfirming(true))}
      >
        {suspended ? 'Lift the suspension' : `Suspend ${name}`}
      </AccessButton>
      <ConfirmByName
        open={confirming}
        name={name}
        title={`Suspend ${organization.spec.displayName}`}
        action="Suspend"
        onClose={() => setConfirming(false)}
        onConfirm={() => set(true)}
      >
        Nobody in {name} can push, merge, approve or dispatch until it is lifted.
      </ConfirmByName>
    </Section>
  );
}

function DeleteSection({ organization }: { organization: Organization }) {
  const api = useApi(krateApiRef);
  const { name } = organization.metadata;
  const access = useAccess('delete', Organization, PLATFORM_NAMESPACE, name);
  const [confirming, setConfirming] = useState(false);
  return (
    <Section title="Delete">
      <Typography variant="body2" sx={{ mb: 2 }}>
        Everything in {name} goes with it: repositories, runs, secrets, people’s memberships. There is no way
        back.
      </Typography>
      <AccessButton
        variant="outlined"
        color="error"
        access={access}
        permission={`delete ${name}`}
        onClick={() => setConfirming(true)}
      >
        Delete {name}
      </AccessButton>
      <ConfirmByName
        open={confirming}
        name={name}
        title={`Delete ${organization.spec.displayName}`}
        action="Delete the organization"
        onClose={() => setConfirming(false)}
        onConfirm={async () => {
          await api.delete(Organization, PLATFORM_NAMESPACE, name);
          window.location.assign('/');
        }}
      >
        Every repository, run, secret and membership of {name} is deleted for good.
      </ConfirmByName>
    </Section>
  );
}
