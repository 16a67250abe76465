import MetIcon from '@mui/icons-material/CheckCircleOutlined';
import MissingIcon from '@mui/icons-material/ErrorOutlineOutlined';
import UnknownIcon from '@mui/icons-material/PendingOutlined';
import { AgentStack } from '@krate/plugin-agents-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Manifest } from '../shared/Manifest';
import { Finding, findingsOf } from './stackFixes';

const LOOK = {
  met: { Icon: MetIcon, color: 'success.main', word: 'in place' },
  missing: { Icon: MissingIcon, color: 'error.main', word: 'missing' },
  unknown: { Icon: UnknownIcon, color: 'text.secondary', word: 'not checked yet' },
} as const;

/** What the stack needs, what is missing, and the manifest that mends it. */
export function Readiness({ stack }: { stack: AgentStack }) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
      {findingsOf(stack).map(finding => (
        <Requirement key={finding.title} finding={finding} />
      ))}
    </Box>
  );
}

function Requirement({ finding }: { finding: Finding }) {
  const { Icon, color, word } = LOOK[finding.state];
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1 }}>
      <Icon aria-hidden sx={{ fontSize: 18, color, mt: '1px' }} />
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Typography variant="body2">
          <Box component="span" sx={{ fontWeight: 600 }}>
            {finding.title}
          </Box>{' '}
          <Box component="span" sx={{ color }}>
            {word}
          </Box>
        </Typography>
        {finding.message && (
          <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            {finding.message}
          </Typography>
        )}
        {finding.fix && <Manifest yaml={finding.fix} />}
      </Box>
    </Box>
  );
}
