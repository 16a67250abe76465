import { MONOSPACE, RelativeTime, StatusChip } from '@krate/plugin-control-plane-react';
import { SSHKey } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';

/** What a key is, whether it opens anything, and when it last did. */
export function KeyWords({ sshKey: { spec, status } }: { sshKey: SSHKey }) {
  const readOnly = spec.readOnly ?? spec.scope !== 'user';
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', columnGap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}
    >
      {status?.phase && status.phase !== 'Synced' && (
        <span title={ready?.message}>
          <StatusChip status={status.phase} />
        </span>
      )}
      <Box component="span" sx={{ fontFamily: MONOSPACE, fontSize: 12, overflowWrap: 'anywhere' }}>
        {status?.fingerprint ?? 'Being read'}
      </Box>
      <span>{readOnly ? 'reads' : 'reads and pushes'}</span>
      {spec.uses?.includes('signing') === false && <span>does not sign</span>}
      <span>
        {status?.lastUsedAt ? (
          <>
            used <RelativeTime time={status.lastUsedAt} />
          </>
        ) : (
          'never used'
        )}
      </span>
    </Box>
  );
}
