import { useApi } from '@backstage/core-plugin-api';
import { namespaceOf, View } from '@krate/plugin-control-plane-common';
import { KindInfo, krateApiRef, Problem, useOrganization } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { FormEvent, useEffect, useState } from 'react';
import { slugOf } from '../../pages/CreateOrganizationDialog';
import { ListState, viewOf } from './ListState';

/** Saves what is shown as a View: a new one, or the one it began with when that is the reader's own. */
export function SaveViewDialog({
  open,
  kind,
  state,
  current,
  onClose,
  onSaved,
}: {
  open: boolean;
  kind: KindInfo;
  state: ListState;
  current?: View;
  onClose(): void;
  onSaved(name: string): void;
}) {
  const api = useApi(krateApiRef);
  const { organization } = useOrganization();
  const [title, setTitle] = useState('');
  const [shared, setShared] = useState(false);
  const [work, setWork] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  useEffect(() => {
    if (!open) return;
    setTitle(current?.spec.displayName ?? '');
    setShared(current?.spec.visibility === 'shared');
    setWork({ busy: false });
  }, [open, current]);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setWork({ busy: true });
    const namespace = namespaceOf(organization);
    const spec = {
      displayName: title,
      kind: kind.kind,
      visibility: shared ? 'shared' : 'private',
      ...viewOf(state),
    };
    try {
      const replaces = current && current.spec.displayName === title;
      // A merge patch leaves out what is absent: what the view had and this list has not is taken out by null.
      const saved = replaces
        ? await api.patch(View, namespace, current.metadata.name, {
            spec: { selectorRef: null, ...spec, selector: { query: null, ...spec.selector } },
          })
        : await api.create(View, namespace, {
            metadata: { name: `${slugOf(`${kind.plural} ${title}`)}`.slice(0, 60), namespace },
            spec,
          });
      onSaved(saved.metadata.name);
      onClose();
    } catch (error) {
      setWork({ busy: false, error: error as Error });
    }
  };
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="save-view" maxWidth="xs" fullWidth>
      <form onSubmit={save}>
        <DialogTitle id="save-view">Save this list</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 1 }}>
          <TextField
            // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
            autoFocus
            required
            fullWidth
            size="small"
            label="Name"
            value={title}
            onChange={event => setTitle(event.target.value)}
            helperText={
              current && current.spec.displayName === title
                ? 'Replaces the view you began with.'
                : 'Filters, columns and order are saved as a View.'
            }
            sx={{ mt: 1 }}
          />
          <FormControlLabel
            control={
              <Checkbox size="small" checked={shared} onChange={event => setShared(event.target.checked)} />
            }
            label={`Offer it to everyone in ${organization}`}
          />
          {work.error && <Problem error={work.error} title="The view was not saved" />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={!title.trim() || work.busy}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
