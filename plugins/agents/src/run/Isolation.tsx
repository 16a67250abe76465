import OffIcon from '@mui/icons-material/GppMaybeOutlined';
import OnIcon from '@mui/icons-material/VerifiedUserOutlined';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

export type IsolationReport = NonNullable<NonNullable<AgentDispatchRun['status']>['isolation']>;

/** What keeps the agent in, plainly: what is enforced, and what is not. */
export function Isolation({ isolation }: { isolation: IsolationReport | undefined }) {
  if (!isolation) {
    return (
      <Typography variant="body2" color="text.secondary">
        Known when the agent starts.
      </Typography>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="body2">{summary(isolation)}</Typography>
      <Measures title="Enforced" measures={isolation.enforced} Icon={OnIcon} color="success.main" />
      <Measures title="Not enforced" measures={isolation.notEnforced} Icon={OffIcon} color="warning.main" />
    </Box>
  );
}

function summary({ mechanism, notEnforced }: IsolationReport): string {
  if (mechanism === 'none')
    return 'Not isolated: nothing keeps the agent from what this machine’s user may do.';
  return notEnforced.length === 0
    ? `Runs inside ${mechanism}; all of it is enforced.`
    : `Runs inside ${mechanism}. Not everything is enforced.`;
}

function Measures({
  title,
  measures,
  Icon,
  color,
}: {
  title: string;
  measures: readonly string[];
  Icon: typeof OnIcon;
  color: string;
}) {
  if (measures.length === 0) return null;
  return (
    <Box>
      <Typography variant="caption" component="h3" sx={{ fontWeight: 600, mb: 0.5 }}>
        {title}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {measures.map(measure => (
          <Box component="li" key={measure} sx={{ display: 'flex', gap: 1, fontSize: 13, py: 0.25 }}>
            <Icon aria-hidden sx={{ fontSize: 16, color, mt: '2px' }} />
            <span>{measure.replaceAll('-', ' ')}</span>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
