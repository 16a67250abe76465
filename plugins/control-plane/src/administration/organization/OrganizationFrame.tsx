import {
  organizationPath,
  PageFrame,
  RouteTabs,
  StatusChip,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';

const TABS = [
  { label: 'Settings', path: 'organization', tab: 'settings' },
  { label: 'All organizations', path: 'organizations', tab: 'all' },
] as const;

/** The frame of the pages about organizations as a whole. */
export function OrganizationFrame({
  tab,
  status,
  action,
  children,
}: {
  tab: (typeof TABS)[number]['tab'];
  status?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { organization } = useOrganization();
  const to = (path: string) => organizationPath(organization, 'manage', path);
  const title = tab === 'settings' ? 'Organization' : 'All organizations';
  return (
    <PageFrame
      title={title}
      heading={
        <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center' }}>
          {title} <StatusChip status={status} />
        </Box>
      }
      lede={
        tab === 'settings'
          ? 'What holds for everything in this organization.'
          : 'The organizations you can see.'
      }
      organization={organization}
      action={action}
      tabs={
        <RouteTabs
          label="Organization"
          value={to(TABS.find(entry => entry.tab === tab)!.path)}
          tabs={TABS.map(({ label, path }) => ({ label, to: to(path) }))}
        />
      }
    >
      {children}
    </PageFrame>
  );
}
