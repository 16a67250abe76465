import MuiLink, { LinkProps as MuiLinkProps } from '@mui/material/Link';
import { forwardRef } from 'react';
import { Link as RouterLink } from 'react-router-dom';

export type LinkProps = Omit<MuiLinkProps, 'href'> & { to: string };

/** A link to a page of the portal. */
export const Link = forwardRef<HTMLAnchorElement, LinkProps>(function PortalLink(props, ref) {
  return <MuiLink ref={ref} component={RouterLink} underline="hover" {...props} />;
});
