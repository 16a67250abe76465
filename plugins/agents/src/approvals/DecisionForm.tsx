import { useApi } from '@backstage/core-plugin-api';
import { AgentApproval } from '@krate/plugin-agents-common';
import {
  AccessButton,
  krateApiRef,
  Problem,
  useAccess,
  useKeyBindings,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { approvalLabel } from './approvalWords';

type Decision = 'approve' | 'deny';

export interface DecisionFormProps {
  approval: AgentApproval;
  /** Nobody decided in time. */
  expired: boolean;
  keyboard: boolean;
}

/**
 * The two buttons and the comment. A decision cannot be taken back, so a single key only moves to a button; Enter then
 * presses it.
 */
export function DecisionForm({ approval, expired, keyboard }: DecisionFormProps) {
  const api = useApi(krateApiRef);
  const { namespace, name } = approval.metadata;
  const access = useAccess('approve', AgentApproval, namespace, name);
  const [comment, setComment] = useState('');
  const [state, setState] = useState<{ sent?: Decision; error?: Error }>({});
  const buttons = useRef<HTMLDivElement>(null);
  const goTo = (decision: Decision) =>
    buttons.current?.querySelector<HTMLButtonElement>(`[data-decision="${decision}"]`)?.focus();
  useKeyBindings(
    keyboard
      ? [
          { key: 'a', description: 'Go to Approve, Enter approves', run: () => goTo('approve') },
          { key: 'd', description: 'Go to Deny, Enter denies', run: () => goTo('deny') },
        ]
      : [],
  );

  const decide = async (decision: Decision) => {
    setState({ sent: decision });
    try {
      const spec = { decision, ...(comment.trim() && { comment: comment.trim() }) };
      await api.patch(AgentApproval, namespace, name, { spec });
    } catch (error) {
      setState({ error: error as Error });
    }
  };
  const common = {
    access,
    permission: 'decide approvals',
    blocked: expired ? 'Nobody decided in time: the request has expired' : undefined,
    disabled: Boolean(state.sent),
  };
  return (
    <Box
      component="form"
      onSubmit={event => event.preventDefault()}
      sx={{ '@media print': { display: 'none' } }}
    >
      <TextField
        label="Comment"
        placeholder="Optional; the agent and the record get it"
        fullWidth
        multiline
        maxRows={6}
        size="small"
        value={comment}
        onChange={event => setComment(event.target.value)}
        disabled={!access?.allowed || expired || Boolean(state.sent)}
      />
      <Box ref={buttons} sx={{ display: 'flex', gap: 1, alignItems: 'center', mt: 1.5, flexWrap: 'wrap' }}>
        <AccessButton
          {...common}
          data-decision="approve"
          variant="contained"
          color="success"
          onClick={() => decide('approve')}
          aria-label={`Approve: ${approvalLabel(approval)}`}
        >
          {state.sent === 'approve' ? 'Approving…' : 'Approve'}
        </AccessButton>
        <AccessButton
          {...common}
          data-decision="deny"
          variant="outlined"
          color="error"
          onClick={() => decide('deny')}
          aria-label={`Deny: ${approvalLabel(approval)}`}
        >
          {state.sent === 'deny' ? 'Denying…' : 'Deny'}
        </AccessButton>
        <Typography variant="caption" color="text.secondary" role="status">
          {state.sent
            ? 'Your decision is being recorded.'
            : 'A decision is recorded with your name and cannot be changed.'}
        </Typography>
      </Box>
      {state.error && <Problem error={state.error} title="The decision was not recorded" />}
    </Box>
  );
}
