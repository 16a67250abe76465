import { useApi } from '@backstage/core-plugin-api';
import { Secret } from '@krate/plugin-control-plane-common';
import { CopyField, FormDialog, krateApiRef } from '@krate/plugin-control-plane-react';
import { WebhookSubscription } from '@krate/plugin-forge-common';
import Alert from '@mui/material/Alert';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { newSigningSecret } from './newSigningSecret';

const KEY = 'signingKey';
const DEFAULTS = { name: '', url: '', events: 'pullrequest.*, issue.*, repository.pushed', privately: false };

/** A listener of a repository. It is made together with the secret that its messages are signed with, which is shown this once. */
export function AddWebhookDialog({
  open,
  namespace,
  repository,
  onClose,
}: {
  open: boolean;
  namespace: string;
  repository: string;
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const [form, setForm] = useState(DEFAULTS);
  const [secret, setSecret] = useState(newSigningSecret);
  useEffect(() => {
    if (!open) return;
    setForm(DEFAULTS);
    setSecret(newSigningSecret());
  }, [open]);
  const events = form.events.split(/[\s,]+/).filter(Boolean);

  const add = async () => {
    const name = form.name.trim();
    const secretName = `${name}-webhook`;
    await api.create(Secret, namespace, {
      metadata: { name: secretName, namespace },
      stringData: { [KEY]: secret },
    });
    try {
      await api.create(WebhookSubscription, namespace, {
        metadata: { name, namespace },
        spec: {
          url: form.url.trim(),
          events,
          repositories: [repository],
          signing: { secretRef: { name: secretName, key: KEY } },
          ...(form.privately && { allowPrivateAddress: true }),
        },
      });
    } catch (error) {
      // A second try makes it anew.
      await api.delete(Secret, namespace, secretName).catch(() => undefined);
      throw error;
    }
    onClose();
  };
  return (
    <FormDialog
      open={open}
      title={`Tell a listener about ${repository}`}
      action="Add"
      failure="The listener was not added"
      ready={form.name.trim() !== '' && form.url.trim() !== '' && events.length > 0}
      onSubmit={add}
      onClose={onClose}
    >
      <TextField
        required
        size="small"
        label="Name"
        value={form.name}
        onChange={event => setForm({ ...form, name: event.target.value })}
      />
      <TextField
        required
        size="small"
        label="Address"
        placeholder="https://"
        value={form.url}
        onChange={event => setForm({ ...form, url: event.target.value })}
      />
      <TextField
        required
        size="small"
        label="Events"
        helperText="pullrequest.merged, issue.*, run.failed, or * for everything"
        value={form.events}
        onChange={event => setForm({ ...form, events: event.target.value })}
      />
      <FormControlLabel
        control={
          <Checkbox
            checked={form.privately}
            onChange={event => setForm({ ...form, privately: event.target.checked })}
          />
        }
        label="It is on this machine or in a private network (for administrators of the platform)"
      />
      <Alert severity="info" sx={{ minWidth: 0, '& .MuiAlert-message': { minWidth: 0 } }}>
        Messages are signed with this secret. The listener needs it too; it is not shown again.
        <CopyField boxed value={secret} label="the signing secret" />
      </Alert>
    </FormDialog>
  );
}
