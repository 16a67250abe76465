import { Content, Page } from '@backstage/core-components';
import { Link } from '../components/Link';
import Box from '@mui/material/Box';
import Breadcrumbs from '@mui/material/Breadcrumbs';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { LiveBanner } from '../components/LiveBanner';
import { organizationPath } from '../organization';
import { useDocumentTitle } from './useDocumentTitle';

export interface Crumb {
  label: string;
  to: string;
}

export interface PageFrameProps {
  title: string;
  /** Shown in place of the plain title, for example with a status beside it. The document still gets `title`. */
  heading?: ReactNode;
  /** One sentence: what this page is for. */
  lede?: ReactNode;
  organization?: string;
  /** What lies between the organization and this page. */
  crumbs?: readonly Crumb[];
  /** The one primary action. */
  action?: ReactNode;
  /** Tabs, below the heading. */
  tabs?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: where one is, its one h1, its one primary action, and whether it is live. */
export function PageFrame({
  title,
  heading,
  lede,
  organization,
  crumbs = [],
  action,
  tabs,
  children,
}: PageFrameProps) {
  useDocumentTitle([title, ...crumbs.map(({ label }) => label).reverse(), organization]);
  return (
    <Page themeId="home">
      <Content noPadding>
        <Box sx={{ px: { xs: 2, md: 3 }, pt: 2, pb: 4, minWidth: 0 }}>
          {(organization || crumbs.length > 0) && (
            <Breadcrumbs aria-label="Breadcrumbs" sx={{ fontSize: 13, mb: 0.5 }}>
              {organization && <Link to={organizationPath(organization)}>{organization}</Link>}
              {crumbs.map(({ label, to }) => (
                <Link key={to} to={to}>
                  {label}
                </Link>
              ))}
              <Typography component="span" aria-current="page" sx={{ fontSize: 13 }} color="text.secondary">
                {title}
              </Typography>
            </Breadcrumbs>
          )}
          <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, flexWrap: 'wrap', mb: tabs ? 1 : 2 }}>
            <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
              <Typography variant="h2" component="h1" sx={{ overflowWrap: 'anywhere' }}>
                {heading ?? title}
              </Typography>
              {lede && (
                <Typography
                  color="text.secondary"
                  component="div"
                  variant="body2"
                  sx={{ mt: 0.5, '& a': { textDecoration: 'underline' } }}
                >
                  {lede}
                </Typography>
              )}
            </Box>
            {action}
          </Box>
          {tabs && <Box sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}>{tabs}</Box>}
          <LiveBanner />
          {children}
        </Box>
      </Content>
    </Page>
  );
}
