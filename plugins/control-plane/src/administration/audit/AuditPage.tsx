import {
  EmptyState,
  PageFrame,
  Problem,
  SkeletonRows,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo } from 'react';
import { AuditFilters, useAuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import { ExportButton } from './ExportButton';
import { useAudit } from './useAudit';

/** Who did what, and what was refused: searched, paged, exported. */
export function AuditPage() {
  const { organization } = useOrganization();
  const filters = useAuditFilters();
  const parameters = useMemo(
    () => new URLSearchParams({ org: organization, ...filters.query }).toString(),
    [organization, filters.query],
  );
  const { events, hasMore, error, more, reload } = useAudit(parameters);
  return (
    <PageFrame
      title="Audit"
      organization={organization}
      lede="Every change and every refusal, newest first. Each entry is tied to the one before, so that none can be altered unseen."
      action={<ExportButton organization={organization} parameters={parameters} />}
    >
      <AuditFilters filters={filters} />
      {error && <Problem error={error} title="The audit trail could not be read" onRetry={reload} />}
      {(events || !error) && (
        <Box
          sx={{
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: 'background.paper',
            overflow: 'hidden',
          }}
        >
          {!events && !error && <SkeletonRows rows={10} />}
          {events?.length === 0 && (
            <EmptyState
              title={filters.active ? 'Nothing matches these filters' : 'Nothing has happened here yet'}
            >
              {filters.active
                ? 'Leave one of them out, or look at a longer time.'
                : 'Whatever somebody changes, or is refused, appears here within seconds.'}
            </EmptyState>
          )}
          {events && events.length > 0 && <AuditTable events={events} />}
        </Box>
      )}
      {hasMore && (
        <Box sx={{ textAlign: 'center', mt: 2 }}>
          <Button variant="outlined" onClick={more}>
            Load earlier events
          </Button>
        </Box>
      )}
    </PageFrame>
  );
}
