import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, ReactNode, useEffect, useState } from 'react';
import { Problem } from './Problem';

export interface ConfirmByNameProps {
  open: boolean;
  /** What must be typed. */
  name: string;
  title: string;
  /** The word on the button, for example “Delete repository”. */
  action: string;
  /** What will be gone. */
  children: ReactNode;
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks for the name of what is about to be destroyed. */
export function ConfirmByName({
  open,
  name,
  title,
  action,
  children,
  onConfirm,
  onClose,
}: ConfirmByNameProps) {
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  useEffect(() => {
    if (open) setTyped('');
    setState({ busy: false });
  }, [open]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="confirm-title" maxWidth="sm" fullWidth>
      <form onSubmit={submit}>
        <DialogTitle id="confirm-title">{title}</DialogTitle>
        <DialogContent>
          <Typography component="div" sx={{ mb: 2 }}>
            {children}
          </Typography>
          <TextField
            // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
            autoFocus
            fullWidth
            size="small"
            label={`Type ${name} to confirm`}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            autoComplete="off"
          />
          {state.error && <Problem error={state.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" color="error" variant="contained" disabled={typed !== name || state.busy}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
