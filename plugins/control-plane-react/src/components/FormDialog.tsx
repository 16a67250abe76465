import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { FormEvent, KeyboardEvent, ReactNode, useEffect, useId, useState } from 'react';
import { Problem } from './Problem';

export interface FormDialogProps {
  open: boolean;
  title: string;
  /** The word on the button: “Add”. */
  action: string;
  /** What a refusal is headed with: “The member was not added”. */
  failure: string;
  /** Whether what was entered can be sent. */
  ready: boolean;
  /** Rejects with the server's refusal, which is shown. The dialog stays open then, with what was entered. */
  onSubmit(): Promise<void>;
  onClose(): void;
  children: ReactNode;
}

/** A form that a button opens. Enter and Ctrl+Enter send it, Escape closes it, a refusal keeps what was entered. */
export function FormDialog(props: FormDialogProps) {
  const { open, title, action, failure, ready, onSubmit, onClose, children } = props;
  const id = useId();
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  useEffect(() => setState({ busy: false }), [open]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || state.busy) return;
    setState({ busy: true });
    try {
      await onSubmit();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  };
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby={id} maxWidth="sm" fullWidth>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut of the whole form */}
      <form onSubmit={submit} onKeyDown={onKeyDown}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, '& > :first-of-type': { mt: 1 } }}>
          {children}
          {state.error && <Problem error={state.error} title={failure} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={!ready || state.busy}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
