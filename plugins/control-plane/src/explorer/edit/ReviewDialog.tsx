import { DiffView } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { editableText } from './editable';
import { Saved } from './saveObject';
import { Edit } from './useEdit';

/** What the server would make of it, defaults filled in, against what is there: the last look before it is saved. */
export function ReviewDialog({
  edit,
  review,
  onSave,
  onClose,
}: {
  edit: Edit;
  review: Saved;
  onSave(): Promise<void>;
  onClose(): void;
}) {
  const [busy, setBusy] = useState(false);
  const { base } = edit;
  const secrets = Object.keys(edit.secrets);
  const save = async () => {
    setBusy(true);
    await onSave();
    setBusy(false);
  };
  return (
    <Dialog open onClose={busy ? undefined : onClose} aria-labelledby="review-title" maxWidth="md" fullWidth>
      <DialogTitle id="review-title">{base ? `Save ${base.metadata.name}` : 'Create it'}</DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
          The server has checked it, filled in its defaults, and would store this:
        </Typography>
        {review.warnings.map(warning => (
          <Alert key={warning} severity="warning" sx={{ mb: 1 }}>
            {warning}
          </Alert>
        ))}
        {secrets.length > 0 && (
          <Alert severity="info" sx={{ mb: 1 }}>
            {secrets.length === 1 ? 'A new value' : 'New values'} will be stored for {secrets.join(', ')}.
          </Alert>
        )}
        <DiffView
          label="What will change"
          before={base ? editableText(base) : ''}
          after={editableText(review.object)}
          same={secrets.length > 0 ? 'Nothing else changes.' : 'Nothing will change.'}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          Back
        </Button>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the look was asked for in order to save */}
        <Button variant="contained" onClick={save} disabled={busy} autoFocus>
          {base ? 'Save' : 'Create'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
