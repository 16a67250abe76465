import { useApi } from '@backstage/core-plugin-api';
import { FormDialog, krateApiRef, MONOSPACE } from '@krate/plugin-control-plane-react';
import { SSHKey } from '@krate/plugin-forge-common';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

const FRESH = { title: '', key: '', mayPush: false };

/** Registers a public key: the reader's own, or one that opens a repository. */
export function AddKeyDialog({
  open,
  namespace,
  scope,
  repository,
  onClose,
}: {
  open: boolean;
  namespace: string;
  scope: 'user' | 'deploy';
  /** What a deploy key opens. */
  repository?: string;
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const [fields, setFields] = useState(FRESH);
  useEffect(() => setFields({ ...FRESH, mayPush: scope === 'user' }), [open, scope]);
  const add = async () => {
    await api.create(SSHKey, namespace, {
      metadata: { generateName: `${scope}-`, namespace },
      spec: {
        scope,
        key: fields.key.trim(),
        readOnly: !fields.mayPush,
        ...(fields.title && { title: fields.title }),
        ...(repository && { repository }),
      },
    });
    onClose();
  };
  return (
    <FormDialog
      open={open}
      title={scope === 'user' ? 'Add an SSH key of yours' : `Add a deploy key for ${repository}`}
      action="Add"
      failure="The key was not added"
      ready={fields.key.trim() !== ''}
      onSubmit={add}
      onClose={onClose}
    >
      <TextField
        label="Title"
        value={fields.title}
        onChange={event => setFields({ ...fields, title: event.target.value })}
        helperText="What you call it: the laptop, the build server."
        inputProps={{ maxLength: 120 }}
      />
      <TextField
        required
        multiline
        minRows={3}
        label="Public key"
        value={fields.key}
        onChange={event => setFields({ ...fields, key: event.target.value })}
        placeholder="ssh-ed25519 AAAA…"
        helperText="The line of the .pub file, for example ~/.ssh/id_ed25519.pub. Never the private key."
        inputProps={{ spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: 12 } }}
      />
      <FormControlLabel
        label="It may push"
        control={
          <Checkbox
            checked={fields.mayPush}
            onChange={event => setFields({ ...fields, mayPush: event.target.checked })}
          />
        }
      />
    </FormDialog>
  );
}
