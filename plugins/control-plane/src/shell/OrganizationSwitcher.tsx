import UnfoldIcon from '@mui/icons-material/UnfoldMoreOutlined';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Box from '@mui/material/Box';
import { organizationPath, rememberOrganization } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useOrganizations } from './useOrganizations';

/** Which organization one is in, and the way to another. */
export function OrganizationSwitcher({ organization }: { organization: string | undefined }) {
  const navigate = useNavigate();
  const { organizations = [] } = useOrganizations();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const current = organizations.find(({ name }) => name === organization);

  useEffect(() => {
    if (organization) rememberOrganization(organization);
  }, [organization]);

  return (
    <Box sx={{ px: 1.5, pb: 1, width: '100%' }}>
      <Button
        fullWidth
        aria-haspopup="menu"
        aria-label={`Organization: ${current?.displayName ?? organization ?? 'none'}`}
        endIcon={<UnfoldIcon />}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{
          justifyContent: 'space-between',
          color: '#e6e9ec',
          bgcolor: '#1b242b',
          '&:hover': { bgcolor: '#25313a' },
        }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {current?.displayName ?? organization ?? 'Choose an organization'}
        </Box>
      </Button>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        {organizations.map(({ name, displayName }) => (
          <MenuItem
            key={name}
            selected={name === organization}
            onClick={() => {
              setAnchor(null);
              navigate(organizationPath(name));
            }}
          >
            {displayName}
          </MenuItem>
        ))}
        {organizations.length === 0 && <MenuItem disabled>You belong to no organization yet</MenuItem>}
      </Menu>
    </Box>
  );
}
