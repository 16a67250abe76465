import { Link, organizationPath, Section, StatusChip } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** The checks of the present head; each leads to its log. */
export function Checks({ pull, organization }: { pull: PullRequest; organization: string }) {
  const checks = pull.status?.checks ?? [];
  return (
    <Section title="Checks">
      {checks.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          No checks ran on this head. A file <code>.krate/pipelines/test.yaml</code> in the branch makes them.
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {checks.map(({ context, state, job, pipeline, required }) => (
          <Box
            component="li"
            key={context}
            sx={{ display: 'flex', alignItems: 'center', gap: 1, fontSize: 13 }}
          >
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {job && <Link to={organizationPath(organization, 'jobs', job)}>{context}</Link>}
              {!job && pipeline && (
                <Link to={organizationPath(organization, 'pipelines', pipeline)}>{context}</Link>
              )}
              {!job && !pipeline && context}
              {required && (
                <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                  {' '}
                  required
                </Box>
              )}
            </Box>
            <Box sx={{ ml: 'auto' }}>
              <StatusChip status={state} />
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
