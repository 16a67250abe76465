import { useApi } from '@backstage/core-plugin-api';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { AccessButton, krateApiRef, Problem, useAccess } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, useState } from 'react';

/** Ends a run that has not ended, after asking. */
export function CancelRun({ run }: { run: AgentDispatchRun }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = run.metadata;
  const access = useAccess('cancel', AgentDispatchRun, namespace, name);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [state, setState] = useState<{ busy?: boolean; error?: Error }>({});
  const asked = Boolean(run.spec.cancel);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      const cancel = reason.trim() ? { reason: reason.trim() } : {};
      await api.patch(AgentDispatchRun, namespace, name, { spec: { cancel } });
      setOpen(false);
      setState({});
    } catch (error) {
      setState({ error: error as Error });
    }
  };
  return (
    <>
      <AccessButton
        access={access}
        permission="cancel runs"
        disabled={asked}
        variant="outlined"
        color="error"
        onClick={() => setOpen(true)}
      >
        {asked ? 'Cancelling…' : 'Cancel run'}
      </AccessButton>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        aria-labelledby="cancel-title"
        maxWidth="sm"
        fullWidth
      >
        <form onSubmit={submit}>
          <DialogTitle id="cancel-title">Cancel this run?</DialogTitle>
          <DialogContent>
            <Typography variant="body2" sx={{ mb: 2 }}>
              The agent is ended and nothing more is written back. Its transcript and what it made so far
              stay.
            </Typography>
            <TextField
              fullWidth
              size="small"
              label="Reason"
              placeholder="Optional"
              value={reason}
              onChange={event => setReason(event.target.value)}
              inputProps={{ maxLength: 500 }}
            />
            {state.error && <Problem error={state.error} title="The run was not cancelled" />}
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Keep it running</Button>
            <Button type="submit" color="error" variant="contained" disabled={state.busy}>
              Cancel the run
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
