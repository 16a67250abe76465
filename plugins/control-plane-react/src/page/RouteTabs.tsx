import Box from '@mui/material/Box';
import { Link } from '../components/Link';

export interface RouteTab {
  label: string;
  to: string;
  count?: number;
}

/** Tabs that are addresses: a list of links, the present one marked. `value` is its `to`. */
export function RouteTabs({
  tabs,
  value,
  label,
}: {
  tabs: readonly RouteTab[];
  value: string;
  label: string;
}) {
  return (
    <Box component="nav" aria-label={label} sx={{ display: 'flex', gap: 0.5, overflowX: 'auto', mb: '-1px' }}>
      {tabs.map(({ label: text, to, count }) => {
        const current = to === value;
        return (
          <Link
            key={to}
            to={to}
            underline="none"
            aria-current={current ? 'page' : undefined}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 0.75,
              height: 40,
              px: 1.5,
              flexShrink: 0,
              fontSize: 14,
              fontWeight: 600,
              color: current ? 'text.primary' : 'text.secondary',
              borderBottom: 2,
              borderColor: current ? 'primary.main' : 'transparent',
              outlineOffset: -2,
              '&:hover': { color: 'text.primary', borderColor: current ? 'primary.main' : 'divider' },
            }}
          >
            {text}
            {Boolean(count) && (
              <Box
                component="span"
                sx={{ fontSize: 12, px: 0.75, borderRadius: 1, bgcolor: 'action.selected' }}
              >
                {count}
              </Box>
            )}
          </Link>
        );
      })}
    </Box>
  );
}
