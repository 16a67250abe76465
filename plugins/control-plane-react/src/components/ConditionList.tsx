import { Condition } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { KindInfo } from '../kinds/KindInfo';
import { lacksController } from '../kinds/lacksController';
import { useKind } from '../kinds/useKinds';
import { ResourceType } from '../resource/identity';
import { RelativeTime } from './RelativeTime';
import { StatusChip, statusWords } from './StatusChip';
import { MONOSPACE } from './tokens';

/** What the controllers observed of an object; without a single condition, whether any can be expected. */
export function ConditionList({
  conditions,
  type,
}: {
  conditions: readonly Condition[] | undefined;
  /** The kind of the object. */
  type: Pick<ResourceType, 'plural'>;
}) {
  if (!conditions?.length) return <NoConditions type={type} />;
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

/** The server alone knows which controllers are installed; until it has answered nothing is claimed of them. */
function NoConditions({ type }: { type: Pick<ResourceType, 'plural'> }) {
  const { kind } = useKind(type.plural);
  return (
    <Typography variant="body2" color="text.secondary">
      {wordsOf(kind)}
    </Typography>
  );
}

function wordsOf(kind: KindInfo | undefined): string {
  if (kind && lacksController(kind))
    return 'No controller is installed for this kind: nothing reports on it.';
  if (kind && !kind.conditions) return 'Objects of this kind have no conditions.';
  return 'No conditions yet: nothing was reported on this object so far.';
}
