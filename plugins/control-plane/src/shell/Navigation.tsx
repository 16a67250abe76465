import { Sidebar, SidebarDivider, SidebarGroup, SidebarItem, SidebarSpace } from '@backstage/core-components';
import type { NavContentComponent } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import BookIcon from '@mui/icons-material/LibraryBooksOutlined';
import CategoryIcon from '@mui/icons-material/CategoryOutlined';
import CreateIcon from '@mui/icons-material/AddCircleOutlineOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import InboxIcon from '@mui/icons-material/InboxOutlined';
import MenuIcon from '@mui/icons-material/MenuOutlined';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { lastOrganization, organizationPath } from '@krate/plugin-control-plane-react';
import { matchPath, useLocation } from 'react-router-dom';
import { CommandPalette } from './CommandPalette';
import { Mark } from './Mark';
import { OrganizationSwitcher } from './OrganizationSwitcher';
import { GROUPS } from './pages';

function Brand() {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2.5, py: 2, color: '#fff' }}>
      <Mark size={26} />
      <Typography component="span" sx={{ fontWeight: 700, fontSize: 18, letterSpacing: '-0.01em' }}>
        Krate
      </Typography>
    </Box>
  );
}

function GroupLabel({ children }: { children: string }) {
  return (
    <Typography
      component="h2"
      sx={{ px: 3, pt: 2, pb: 0.5, fontSize: 11, fontWeight: 600, color: '#8d99a4' }}
    >
      {children}
    </Typography>
  );
}

/** The sidebar of the portal. */
export const Navigation: NavContentComponent = () => {
  const { pathname } = useLocation();
  const organization = matchPath('/orgs/:org/*', pathname)?.params.org ?? lastOrganization();
  return (
    <Sidebar disableExpandOnHover>
      <Brand />
      <CommandPalette organization={organization} />
      <OrganizationSwitcher organization={organization} />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {organization && (
          <>
            <SidebarItem icon={HomeIcon} to={organizationPath(organization)} end text="Home" />
            <SidebarItem icon={InboxIcon} to={organizationPath(organization, 'inbox')} text="Inbox" />
            {GROUPS.map(({ label, items }) => (
              <div key={label}>
                <GroupLabel>{label}</GroupLabel>
                {items.map(({ text, path, icon }) => (
                  <SidebarItem
                    key={text}
                    icon={icon}
                    to={organizationPath(organization, ...path)}
                    text={text}
                  />
                ))}
              </div>
            ))}
          </>
        )}
        <GroupLabel>Portal</GroupLabel>
        <SidebarItem icon={CategoryIcon} to="/catalog" text="Catalog" />
        <SidebarItem icon={CreateIcon} to="/create" text="Create" />
        <SidebarItem icon={SearchIcon} to="/search" text="Search" />
        <SidebarItem icon={BookIcon} to="/docs" text="Docs" />
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem webNotificationsEnabled={false} />
      <SidebarItem icon={SettingsIcon} to="/settings" text="Settings" />
    </Sidebar>
  );
};
