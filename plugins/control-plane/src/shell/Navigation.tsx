import { Sidebar, SidebarDivider, SidebarGroup, SidebarItem, SidebarSpace } from '@backstage/core-components';
import type { NavContentComponent } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import BookIcon from '@mui/icons-material/LibraryBooksOutlined';
import CategoryIcon from '@mui/icons-material/CategoryOutlined';
import CreateIcon from '@mui/icons-material/AddCircleOutlineOutlined';
import MenuIcon from '@mui/icons-material/MenuOutlined';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  lastOrganization,
  MENU_GROUPS,
  menuApiRef,
  MenuPage,
  organizationPath,
} from '@krate/plugin-control-plane-react';
import { matchPath, useLocation } from 'react-router-dom';
import { GlobalKeys } from './GlobalKeys';
import { CommandPalette, OPEN_PALETTE } from './palette/CommandPalette';
import { Mark } from './Mark';
import { OrganizationSwitcher } from './OrganizationSwitcher';

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
      sx={{ px: 3, pt: 1.5, pb: 0.25, fontSize: 11, fontWeight: 600, color: '#8d99a4' }}
    >
      {children}
    </Typography>
  );
}

/** For whoever does not know the key yet. */
function PaletteButton() {
  return (
    <Box sx={{ px: 1.5, pb: 1, width: '100%' }}>
      <ButtonBase
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => window.dispatchEvent(new Event(OPEN_PALETTE))}
        sx={{
          width: '100%',
          height: 34,
          px: 1.25,
          gap: 1,
          borderRadius: 1,
          border: '1px solid #2c3740',
          color: '#b6c0c9',
          fontSize: 13,
          justifyContent: 'flex-start',
          '&:hover': { bgcolor: '#1b242b' },
        }}
      >
        <SearchIcon sx={{ fontSize: 18 }} aria-hidden />
        Go to …
        <Box component="span" sx={{ ml: 'auto', fontSize: 11, color: '#8d99a4' }}>
          Ctrl K
        </Box>
      </ButtonBase>
    </Box>
  );
}

/** The pages of the areas that are installed, by what one is doing. */
function Pages({ organization }: { organization: string }) {
  const pages = useApi(menuApiRef).pages.filter(({ hidden }) => !hidden);
  const item = ({ title, path, icon }: MenuPage) => (
    <SidebarItem
      key={path.join('/')}
      icon={icon}
      to={organizationPath(organization, ...path)}
      end={path.length === 0}
      text={title}
    />
  );
  const groups = MENU_GROUPS.map(label => ({ label, items: pages.filter(({ group }) => group === label) }));
  return (
    <>
      {pages.filter(({ group }) => !group).map(item)}
      {groups
        .filter(({ items }) => items.length > 0)
        .map(({ label, items }) => (
          <div key={label}>
            <GroupLabel>{label}</GroupLabel>
            {items.map(item)}
          </div>
        ))}
    </>
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
      <GlobalKeys organization={organization} />
      <OrganizationSwitcher organization={organization} />
      <PaletteButton />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {organization && <Pages organization={organization} />}
        <GroupLabel>Portal</GroupLabel>
        <SidebarItem icon={CategoryIcon} to="/catalog" text="Catalog" />
        <SidebarItem icon={CreateIcon} to="/create" text="Create" />
        <SidebarItem icon={SearchIcon} to="/search" text="Search" />
        <SidebarItem icon={BookIcon} to="/documentation" text="Docs" />
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem webNotificationsEnabled={false} />
      <SidebarItem icon={SettingsIcon} to="/settings" text="Settings" />
    </Sidebar>
  );
};
