import AllowedIcon from '@mui/icons-material/CheckCircleOutlined';
import AskedIcon from '@mui/icons-material/PauseCircleOutlineOutlined';
import DeniedIcon from '@mui/icons-material/ErrorOutlineOutlined';
import NoneIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { CopyField, visuallyHidden } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

export type Review = NonNullable<NonNullable<AgentDispatchRun['status']>['permissionReview']>;
type Outcome = Review['checks'][number]['outcome'];

const LOOK: Record<Outcome, { Icon: typeof AllowedIcon; color: string; word: string }> = {
  allowed: { Icon: AllowedIcon, color: 'success.main', word: 'Allowed' },
  denied: { Icon: DeniedIcon, color: 'error.main', word: 'Denied' },
  'requires-approval': { Icon: AskedIcon, color: 'warning.main', word: 'Needs an approval' },
  'not-applicable': { Icon: NoneIcon, color: 'text.secondary', word: 'Does not apply' },
};

/** `service-account` as people read it. */
export function ruleWords(rule: string): string {
  const words = rule.replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
}

/** What could this run touch, and who says so: every check with its outcome, what does not apply last. */
export function PermissionReview({ review }: { review: Review | undefined }) {
  if (!review) {
    return (
      <Typography variant="body2" color="text.secondary">
        Not reviewed yet. Nothing starts before the review.
      </Typography>
    );
  }
  const order: Outcome[] = ['denied', 'requires-approval', 'allowed', 'not-applicable'];
  const checks = [...review.checks].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return (
    <Box>
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
      {review.missingGrants?.map(grant => (
        <Alert
          key={`${grant.kind}${grant.suggestedName}`}
          severity="warning"
          variant="outlined"
          sx={{ mt: 1.5 }}
        >
          {grant.reason}. Create the {grant.kind} <code>{grant.suggestedName}</code>.
        </Alert>
      ))}
      <Box
        sx={{ mt: 1.5, display: 'flex', gap: 1, alignItems: 'center', fontSize: 12, color: 'text.secondary' }}
      >
        Frozen as <CopyField value={review.digest} label="the digest of the review" />
      </Box>
    </Box>
  );
}
