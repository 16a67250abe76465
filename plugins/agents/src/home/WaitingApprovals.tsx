import { AgentApproval } from '@krate/plugin-agents-common';
import {
  EmptyState,
  Link,
  MONOSPACE,
  organizationPath,
  Problem,
  RelativeTime,
  Section,
  SkeletonRows,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { approvalTitle, isPending } from '../approvals/approvalWords';
import { byCreation } from '../run/useRunParts';

/** What agents ask and nobody has answered yet, longest waiting first, each leading to its decision. */
export function WaitingApprovals() {
  const { organization, namespace } = useOrganization();
  const { items, loading, error } = useResourceList(AgentApproval, { namespace });
  const waiting = useMemo(() => items.filter(isPending).sort(byCreation), [items]);
  const page = organizationPath(organization, 'approvals');
  return (
    <Section
      title="Approvals"
      flush
      action={waiting.length > 0 && <Link to={page}>{waiting.length} waiting</Link>}
    >
      {error && <Problem error={error} title="The approvals could not be read" />}
      {loading && <SkeletonRows rows={3} />}
      {!loading && !error && waiting.length === 0 && (
        <EmptyState title="Nothing waits for a decision">
          When an agent wants to do what its rules do not allow, its question appears here.
        </EmptyState>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {waiting.map(({ metadata, spec }, index) => (
          <Box
            component="li"
            key={metadata.uid}
            sx={{
              px: 2,
              minHeight: 36,
              display: 'flex',
              gap: 1.5,
              alignItems: 'center',
              fontSize: 13,
              borderTop: index ? 1 : 0,
              borderColor: 'divider',
            }}
          >
            <Link to={`${page}?approval=${encodeURIComponent(metadata.name)}`} sx={{ flexShrink: 0 }}>
              {approvalTitle({ spec })}
            </Link>
            <Box
              component="code"
              sx={{
                flex: 1,
                minWidth: 0,
                overflow: 'hidden',
                textOverflow: 'ellipsis',
                whiteSpace: 'nowrap',
                fontFamily: MONOSPACE,
                fontSize: 12,
                color: 'text.secondary',
              }}
            >
              {spec.actionDetail.target ?? spec.actionDetail.summary}
            </Box>
            <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
              <RelativeTime time={metadata.creationTimestamp} />
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
