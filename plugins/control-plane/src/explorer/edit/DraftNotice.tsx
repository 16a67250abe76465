import { RelativeTime } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { Edit } from './useEdit';

/** What was typed here and never saved: it is brought back, or thrown away. */
export function DraftNotice({ edit }: { edit: Edit }) {
  const { draft } = edit;
  if (!draft) return null;
  return (
    <Alert
      severity="info"
      sx={{ mb: 2 }}
      action={
        <>
          <Button size="small" color="inherit" onClick={edit.discardDraft}>
            Discard draft
          </Button>
          <Button size="small" color="inherit" variant="outlined" onClick={edit.restoreDraft}>
            Restore draft
          </Button>
        </>
      }
    >
      You left changes here unsaved, <RelativeTime time={new Date(draft.at).toISOString()} />.
    </Alert>
  );
}
