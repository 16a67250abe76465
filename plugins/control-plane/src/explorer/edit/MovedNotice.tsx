import { DiffView } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { editableText } from './editable';
import { Edit } from './useEdit';

/** Somebody changed the object while it is edited: what they changed, and what to do about it. */
export function MovedNotice({ edit }: { edit: Edit }) {
  const [shown, setShown] = useState(true);
  const { base, moved, overlaps, dirty } = edit;
  if (overlaps.length > 0) {
    return (
      <Alert severity="warning" sx={{ mb: 2 }}>
        What was changed meanwhile was brought in. You both changed {overlaps.join(', ')}: yours stands.
      </Alert>
    );
  }
  if (!moved || !base || !dirty) return null;
  return (
    <Alert severity="warning" sx={{ mb: 2, '& .MuiAlert-message': { flex: 1, minWidth: 0 } }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <span>{whoOf(edit)} changed this object while you edit it.</span>
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
          <Button size="small" color="inherit" onClick={() => setShown(before => !before)}>
            {shown ? 'Hide' : 'Show'} what changed
          </Button>
          <Button size="small" color="inherit" onClick={edit.discard}>
            Discard mine
          </Button>
          <Button size="small" variant="contained" onClick={edit.bringIn}>
            Bring it in
          </Button>
        </Box>
      </Box>
      {shown && (
        <Box sx={{ mt: 1, bgcolor: 'background.paper', color: 'text.primary', borderRadius: 1 }}>
          <DiffView label="What changed meanwhile" before={editableText(base)} after={editableText(moved)} />
        </Box>
      )}
    </Alert>
  );
}

/** Field managers are programs; the newest that wrote is the best there is without asking for the history. */
function whoOf({ moved }: Edit): string {
  const managers = [...(moved?.metadata.managedFields ?? [])].filter(({ subresource }) => !subresource);
  const newest = managers.sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))[0]?.manager;
  if (!newest || newest === 'krate-portal') return 'Somebody';
  return `Somebody (${newest})`;
}
