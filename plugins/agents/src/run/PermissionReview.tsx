import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { CopyField } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Checks } from './Checks';

export type Review = NonNullable<NonNullable<AgentDispatchRun['status']>['permissionReview']>;
/** What could this run touch, and who says so: every check with its outcome, what does not apply last. */
export function PermissionReview({ review }: { review: Review | undefined }) {
  if (!review) {
    return (
      <Typography variant="body2" color="text.secondary">
        Not reviewed yet. Nothing starts before the review.
      </Typography>
    );
  }
  return (
    <Box>
      <Checks checks={review.checks} />
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
