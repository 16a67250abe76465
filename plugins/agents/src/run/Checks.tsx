import AllowedIcon from '@mui/icons-material/CheckCircleOutlined';
import AskedIcon from '@mui/icons-material/PauseCircleOutlineOutlined';
import DeniedIcon from '@mui/icons-material/ErrorOutlineOutlined';
import NoneIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { visuallyHidden } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

type Check = NonNullable<NonNullable<AgentDispatchRun['status']>['permissionReview']>['checks'][number];
type Outcome = Check['outcome'];

const LOOK: Record<Outcome, { Icon: typeof AllowedIcon; color: string; word: string }> = {
  allowed: { Icon: AllowedIcon, color: 'success.main', word: 'Allowed' },
  denied: { Icon: DeniedIcon, color: 'error.main', word: 'Denied' },
  'requires-approval': { Icon: AskedIcon, color: 'warning.main', word: 'Needs an approval' },
  'not-applicable': { Icon: NoneIcon, color: 'text.secondary', word: 'Does not apply' },
};

/** `service-account` as people read it. */
function ruleWords(rule: string): string {
  const words = rule.replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
}

/** Every rule that was asked, with its outcome; what stands in the way first, what does not apply last. */
export function Checks({ checks: asked }: { checks: readonly Check[] }) {
  const order: Outcome[] = ['denied', 'requires-approval', 'allowed', 'not-applicable'];
  const checks = [...asked].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return (
    <Box component="ul" aria-label="Checks" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
      {checks.map(({ rule, outcome, message }) => {
        const { Icon, color, word } = LOOK[outcome];
        const quiet = outcome === 'not-applicable';
        return (
          <Box component="li" key={rule} sx={{ display: 'flex', gap: 1 }}>
            <Icon aria-hidden titleAccess={word} sx={{ fontSize: 17, color, mt: '1px' }} />
            <Box sx={{ minWidth: 0 }}>
              <Typography
                variant="body2"
                sx={{ fontWeight: quiet ? 400 : 600, color: quiet ? 'text.secondary' : undefined }}
              >
                {ruleWords(rule)}
                {outcome === 'allowed' ? (
                  <Box component="span" sx={visuallyHidden}>
                    : {word}
                  </Box>
                ) : (
                  <Box component="span" sx={{ fontWeight: 400, color }}>
                    {' '}
                    · {word.toLowerCase()}
                  </Box>
                )}
              </Typography>
              <Typography
                variant="caption"
                color="text.secondary"
                component="p"
                sx={{ overflowWrap: 'anywhere' }}
              >
                {message}
              </Typography>
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
