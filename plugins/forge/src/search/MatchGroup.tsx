import { Link, MONOSPACE } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { repositoryPath } from '../api/links';
import { FileMatches } from './groupMatches';

/** The lines of one file that match, each leading to its place. */
export function MatchGroup({ group, organization }: { group: FileMatches; organization: string }) {
  const { repository, ref, path, matches } = group;
  const at = (line: number) =>
    repositoryPath(organization, repository, 'code', { ref, path, as: 'source', lines: String(line) });
  return (
    <Box
      component="section"
      aria-label={`${repository}: ${path}`}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        minWidth: 0,
        overflow: 'hidden',
      }}
    >
      <Box
        sx={{
          px: 1.5,
          py: 0.75,
          borderBottom: 1,
          borderColor: 'divider',
          fontSize: 13,
          overflowWrap: 'anywhere',
        }}
      >
        <Link to={repositoryPath(organization, repository)}>{repository}</Link> ·{' '}
        <Link to={repositoryPath(organization, repository, 'code', { ref, path })}>{path}</Link>
      </Box>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, fontFamily: MONOSPACE, fontSize: 12 }}>
        {matches.map(({ line, text }) => (
          <Box
            component="li"
            key={line}
            sx={{ display: 'flex', px: 1.5, py: 0.25, '&:hover': { bgcolor: 'action.hover' } }}
          >
            <Box sx={{ width: 56, flexShrink: 0 }}>
              <Link to={at(line)} aria-label={`Line ${line} of ${path}`}>
                {line}
              </Link>
            </Box>
            <Box component="span" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0 }}>
              {text}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
