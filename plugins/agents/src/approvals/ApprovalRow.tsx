import { AgentApproval, AgentStack } from '@krate/plugin-agents-common';
import { MONOSPACE, RelativeTime, StatusChip } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { approvalStatus, approvalTitle } from './approvalWords';

/** An approval folded to one line. */
export function ApprovalRow({
  approval,
  stack,
  onOpen,
}: {
  approval: AgentApproval;
  stack?: AgentStack;
  onOpen(): void;
}) {
  const { spec, metadata } = approval;
  return (
    <ButtonBase
      onClick={onOpen}
      aria-expanded={false}
      sx={{
        width: '100%',
        justifyContent: 'flex-start',
        textAlign: 'left',
        gap: 1.5,
        px: 2,
        minHeight: 44,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Typography variant="body2" sx={{ fontWeight: 600, flexShrink: 0 }}>
        {approvalTitle(approval)}
      </Typography>
      <Box
        component="code"
        sx={{
          fontFamily: MONOSPACE,
          fontSize: 12,
          color: 'text.secondary',
          flex: 1,
          minWidth: 0,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {spec.actionDetail.target ?? spec.actionDetail.summary}
      </Box>
      <Typography
        variant="caption"
        color="text.secondary"
        noWrap
        sx={{ display: { xs: 'none', md: 'block' } }}
      >
        {stack?.spec.displayName ?? spec.requestedBy.name} · {spec.dispatchRun}
        {spec.decidedBy && ` · ${spec.decidedBy}`}
      </Typography>
      <Typography variant="caption" color="text.secondary" noWrap>
        <RelativeTime time={spec.decidedAt ?? metadata.creationTimestamp} />
      </Typography>
      <StatusChip status={approvalStatus(approval)} />
    </ButtonBase>
  );
}
