import { AgentApproval, AgentStack, KrateArtifact } from '@krate/plugin-agents-common';
import {
  EmptyState,
  PageFrame,
  Problem,
  SkeletonRows,
  useAddressParameter,
  useKeyboardList,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useRef } from 'react';
import { byCreation } from '../run/useRunParts';
import { ApprovalRow } from './ApprovalRow';
import { isPending } from './approvalWords';
import { DecisionPanel } from './DecisionPanel';

/** Beyond this many decided ones the record of the run is the better place to look. */
const DECIDED_SHOWN = 100;

/** What waits for a decision, longest waiting first; what was decided, below. Details open in place. */
export function ApprovalsPage() {
  const { organization, namespace } = useOrganization();
  const list = useResourceList(AgentApproval, { namespace });
  const stacks = useResourceList(AgentStack, { namespace });
  const artifacts = useResourceList(KrateArtifact, { namespace });
  const [chosen, choose] = useAddressParameter('approval');

  const { pending, decided } = useMemo(() => {
    const ordered = [...list.items].sort(byCreation);
    const closed = ordered.filter(approval => !isPending(approval));
    return {
      pending: ordered.filter(isPending),
      decided: closed.sort(lastDecided).slice(0, DECIDED_SHOWN),
    };
  }, [list.items]);
  const rows = [...pending, ...decided];
  // Nothing chosen: the first that waits is open, since deciding it is what one came for.
  const open = chosen || pending[0]?.metadata.name;
  const moveTo = (index: number) => choose(rows[index].metadata.name);
  const keyboard = useKeyboardList(rows.length, { onMove: moveTo });
  const { setActive } = keyboard;
  const position = rows.findIndex(({ metadata }) => metadata.name === open);
  useEffect(() => setActive(position), [position, setActive]);

  const listOf = (items: readonly AgentApproval[], label: string) => (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
      {items.map(approval => {
        const isOpen = approval.metadata.name === open;
        return (
          <OpenedInView key={approval.metadata.uid} open={isOpen}>
            {isOpen ? (
              <DecisionPanel
                organization={organization}
                approval={approval}
                stack={stackOf(stacks.items, approval)}
                artifacts={artifacts.items}
                linkRun
                keyboard
              />
            ) : (
              <ApprovalRow
                approval={approval}
                stack={stackOf(stacks.items, approval)}
                onOpen={() => choose(approval.metadata.name)}
              />
            )}
          </OpenedInView>
        );
      })}
    </Box>
  );

  return (
    <PageFrame
      title="Approvals"
      organization={organization}
      lede="Runs that wait until a person allows what they want to do. Each is decided once."
    >
      {list.error && <Problem error={list.error} title="The approvals could not be read" />}
      {list.loading && <SkeletonRows rows={5} height={56} />}
      {!list.loading && !list.error && pending.length === 0 && (
        <EmptyState title="Nothing waits for a decision">
          When an agent wants to do what its rules do not allow on their own, its question appears here.
        </EmptyState>
      )}
      {pending.length > 0 && listOf(pending, 'Waiting')}
      {decided.length > 0 && (
        <>
          <Typography variant="h5" component="h2" sx={{ mt: 4, mb: 1 }}>
            Decided
          </Typography>
          {listOf(decided, 'Decided')}
        </>
      )}
    </PageFrame>
  );
}

function stackOf(stacks: readonly AgentStack[], { spec }: AgentApproval): AgentStack | undefined {
  if (spec.requestedBy.kind !== 'AgentStack') return undefined;
  return stacks.find(({ metadata }) => metadata.name === spec.requestedBy.name);
}

function lastDecided(a: AgentApproval, b: AgentApproval): number {
  const time = ({ spec, metadata }: AgentApproval) => spec.decidedAt ?? metadata.creationTimestamp;
  return time(b).localeCompare(time(a));
}

/** Brings what the keyboard opens into view. */
function OpenedInView({ open, children }: { open: boolean; children: JSX.Element }) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [open]);
  return <li ref={element}>{children}</li>;
}
