import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { Link } from 'react-router-dom';

export interface RouteTab {
  label: string;
  to: string;
  count?: number;
}

/** Tabs that are addresses. `value` is the `to` of the present one. */
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
    <Tabs
      component="nav"
      aria-label={label}
      value={tabs.some(({ to }) => to === value) ? value : false}
      variant="scrollable"
      scrollButtons="auto"
      allowScrollButtonsMobile
      sx={{ minHeight: 40 }}
    >
      {tabs.map(({ label: text, to, count }) => (
        <Tab
          key={to}
          value={to}
          component={Link}
          to={to}
          role="link"
          aria-selected={undefined}
          aria-current={to === value ? 'page' : undefined}
          label={count ? `${text} ${count}` : text}
          sx={{ px: 1.5, minWidth: 0 }}
        />
      ))}
    </Tabs>
  );
}
