import { Condition } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { RelativeTime } from './RelativeTime';
import { StatusChip, statusWords } from './StatusChip';
import { MONOSPACE } from './tokens';

/** What the controllers observed. Without a single condition no controller looks after the object, and that is said. */
export function ConditionList({ conditions }: { conditions: readonly Condition[] | undefined }) {
  if (!conditions?.length) {
    return (
      <Typography variant="body2" color="text.secondary">
        No controller installed: nothing has reported on this object.
      </Typography>
    );
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {conditions.map(condition => (
        <Box
          component="li"
          key={condition.type}
          sx={{ py: 1, '& + &': { borderTop: 1, borderColor: 'divider' } }}
        >
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {statusWords(condition.type)}
            </Typography>
            <StatusChip status={condition.status} />
            <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 12, color: 'text.secondary' }}>
              {condition.reason}
            </Box>
            <Typography variant="caption" color="text.secondary" sx={{ ml: 'auto' }}>
              <RelativeTime time={condition.lastTransitionTime} />
            </Typography>
          </Box>
          {condition.message && <Typography variant="body2">{condition.message}</Typography>}
        </Box>
      ))}
    </Box>
  );
}
