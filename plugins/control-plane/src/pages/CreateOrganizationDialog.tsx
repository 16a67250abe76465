import { useApi } from '@backstage/core-plugin-api';
import { Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { krateApiRef, Problem } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';

/** `Acme & Sons` as a name of the API: `acme-sons`. */
export function slugOf(displayName: string): string {
  return displayName
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}

/** Makes an organization: one object in the platform's namespace; all else follows from it. */
export function CreateOrganizationDialog({
  open,
  onClose,
  onCreated,
}: {
  open: boolean;
  onClose(): void;
  onCreated(name: string): void;
}) {
  const api = useApi(krateApiRef);
  const [displayName, setDisplayName] = useState('');
  const [chosenName, setChosenName] = useState<string>();
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const name = chosenName ?? slugOf(displayName);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      await api.create(Organization, PLATFORM_NAMESPACE, {
        metadata: { name, namespace: PLATFORM_NAMESPACE },
        spec: { displayName },
      });
      onCreated(name);
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="create-organization" maxWidth="sm" fullWidth>
      <form onSubmit={submit}>
        <DialogTitle id="create-organization">Create an organization</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <TextField
            // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
            autoFocus
            required
            label="Name people read"
            value={displayName}
            onChange={event => setDisplayName(event.target.value)}
            sx={{ mt: 1 }}
          />
          <TextField
            required
            label="Name in addresses"
            value={name}
            onChange={event => setChosenName(event.target.value)}
            helperText={`Its objects will live in the namespace krate-org-${name || '…'}. This name cannot change later.`}
            inputProps={{ pattern: '[a-z0-9]([a-z0-9\\-]*[a-z0-9])?', maxLength: 40 }}
          />
          {state.error && <Problem error={state.error} title="The organization was not created" />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={!name || !displayName || state.busy}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
