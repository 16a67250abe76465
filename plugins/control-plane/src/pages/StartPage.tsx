import { Progress } from '@backstage/core-components';
import { Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  CopyField,
  EmptyState,
  lastOrganization,
  organizationPath,
  PageFrame,
  Problem,
  useAccess,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { Navigate, useNavigate } from 'react-router-dom';
import { useOrganizations } from '../shell/useOrganizations';
import { CreateOrganizationDialog } from './CreateOrganizationDialog';

/** Sends a person to the organization they were in last, else to their first; says what to do when there is none. */
export function StartPage() {
  const { organizations, error, reload } = useOrganizations();
  if (error) {
    return (
      <PageFrame title="Welcome to Krate">
        <Problem error={error} title="Your organizations could not be read" onRetry={reload} />
      </PageFrame>
    );
  }
  if (!organizations) return <Progress />;
  const last = lastOrganization();
  const target = organizations.find(({ name }) => name === last) ?? organizations[0];
  return target ? <Navigate to={organizationPath(target.name)} replace /> : <FirstOrganization />;
}

function FirstOrganization() {
  const navigate = useNavigate();
  const access = useAccess('create', Organization, PLATFORM_NAMESPACE);
  const [open, setOpen] = useState(false);
  return (
    <PageFrame title="Welcome to Krate">
      <EmptyState
        title="You belong to no organization yet"
        action={
          <AccessButton
            access={access}
            permission="create organizations"
            variant="contained"
            onClick={() => setOpen(true)}
          >
            Create an organization
          </AccessButton>
        }
      >
        An organization holds people, repositories and agents, apart from every other. A platform
        administrator creates one here or in a terminal; an organization’s admin adds you to theirs.
        <Box sx={{ mt: 2, mx: 'auto', maxWidth: 380 }}>
          <CopyField boxed label="the command" value="krate apply -f organization.yaml" />
        </Box>
      </EmptyState>
      <CreateOrganizationDialog
        open={open}
        onClose={() => setOpen(false)}
        onCreated={name => navigate(organizationPath(name))}
      />
    </PageFrame>
  );
}
