import { Event } from '@krate/plugin-control-plane-common';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useResourceList } from '../hooks/useResourceList';
import { Problem } from './Problem';
import { RelativeTime } from './RelativeTime';
import { SkeletonRows } from './SkeletonRows';
import { MONOSPACE } from './tokens';

/** What happened to an object, latest first, live. */
export function EventList({ object }: { object: Resource }) {
  const { items, loading, error } = useResourceList(Event, {
    namespace: object.metadata.namespace,
    fieldSelector: `involvedObject.uid=${object.metadata.uid}`,
  });
  const events = useMemo(
    () => [...items].sort((a, b) => (b.lastTimestamp ?? '').localeCompare(a.lastTimestamp ?? '')),
    [items],
  );
  if (loading) return <SkeletonRows rows={3} />;
  if (error) return <Problem error={error} title="The events could not be read" />;
  if (events.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        No events yet.
      </Typography>
    );
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {events.map(event => (
        <Box
          component="li"
          key={event.metadata.uid}
          sx={{ py: 0.75, '& + &': { borderTop: 1, borderColor: 'divider' } }}
        >
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
            <Box
              component="code"
              sx={{
                fontFamily: MONOSPACE,
                fontSize: 12,
                color: event.type === 'Warning' ? 'warning.main' : 'text.secondary',
              }}
            >
              {event.type === 'Warning' && 'Warning: '}
              {event.reason}
              {(event.count ?? 1) > 1 && ` ×${event.count}`}
            </Box>
            <Typography variant="caption" color="text.secondary" sx={{ ml: 'auto' }}>
              <RelativeTime time={event.lastTimestamp ?? event.metadata.creationTimestamp} />
            </Typography>
          </Box>
          <Typography variant="body2">{event.message}</Typography>
        </Box>
      ))}
    </Box>
  );
}
