import { MONOSPACE } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';

/** The path one is at; every part leads to its directory. */
export function PathCrumbs({ root, path, onGo }: { root: string; path: string; onGo(path: string): void }) {
  const parts = path.split('/').filter(Boolean);
  const crumbs = [
    { label: root, path: '' },
    ...parts.map((label, index) => ({ label, path: parts.slice(0, index + 1).join('/') })),
  ];
  return (
    <Box
      component="nav"
      aria-label="Path"
      sx={{ fontFamily: MONOSPACE, fontSize: 13, minWidth: 0, overflowWrap: 'anywhere' }}
    >
      {crumbs.map((crumb, index) => (
        <span key={crumb.path}>
          {index > 0 && ' / '}
          {index === crumbs.length - 1 ? (
            <strong aria-current="location">{crumb.label}</strong>
          ) : (
            <Link
              component="button"
              type="button"
              onClick={() => onGo(crumb.path)}
              sx={{ font: 'inherit', verticalAlign: 'baseline' }}
              underline="hover"
            >
              {crumb.label}
            </Link>
          )}
        </span>
      ))}
    </Box>
  );
}
