import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, Problem } from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';
import { VISIBILITIES } from './visibilities';

export interface CreateRepositoryDialogProps {
  open: boolean;
  organization: string;
  namespace: string;
  onClose(): void;
  onCreated(name: string): void;
}

/** Makes a repository, by default with a README so that it can be cloned and branched from at once. */
export function CreateRepositoryDialog({
  open,
  organization,
  namespace,
  onClose,
  onCreated,
}: CreateRepositoryDialogProps) {
  const api = useApi(krateApiRef);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<keyof typeof VISIBILITIES>('private');
  const [readme, setReadme] = useState(true);
  const [source, setSource] = useState('');
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    const content = `# ${name}\n${description ? `\n${description}\n` : ''}`;
    try {
      await api.create(Repository, namespace, {
        metadata: { name, namespace },
        spec: {
          visibility,
          ...(description && { description }),
          ...(source && { importFrom: { url: source } }),
          ...(readme &&
            !source && {
              initialize: { message: 'Initial commit', files: [{ path: 'README.md', content }] },
            }),
        },
      });
      onCreated(name);
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="create-repository" maxWidth="sm" fullWidth>
      <form onSubmit={submit}>
        <DialogTitle id="create-repository">New repository in {organization}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <TextField
            // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
            autoFocus
            required
            label="Name"
            value={name}
            onChange={event => setName(event.target.value)}
            helperText="Lower-case letters, digits and dashes; at most 63."
            inputProps={{ pattern: '[a-z0-9]([a-z0-9.\\-]*[a-z0-9])?', maxLength: 63 }}
            sx={{ mt: 1 }}
          />
          <TextField
            label="Description"
            value={description}
            onChange={event => setDescription(event.target.value)}
            inputProps={{ maxLength: 1000 }}
          />
          <TextField
            select
            label="Visibility"
            value={visibility}
            onChange={event => setVisibility(event.target.value as keyof typeof VISIBILITIES)}
          >
            {Object.entries(VISIBILITIES).map(([value, label]) => (
              <MenuItem key={value} value={value}>
                {label}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            label="Import from"
            value={source}
            onChange={event => setSource(event.target.value.trim())}
            placeholder="https://host/owner/name.git"
            helperText="Branches, tags and history of a repository that may be read without signing in. Empty: a new one."
            inputProps={{ maxLength: 2000, spellCheck: false }}
          />
          <FormControlLabel
            disabled={Boolean(source)}
            control={
              <Checkbox checked={readme && !source} onChange={event => setReadme(event.target.checked)} />
            }
            label="Start with a README"
          />
          {state.error && <Problem error={state.error} title="The repository was not created" />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={!name || state.busy}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
