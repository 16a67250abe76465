import { useApi } from '@backstage/core-plugin-api';
import { Secret } from '@krate/plugin-control-plane-common';
import {
  FormDialog,
  krateApiRef,
  organizationPath,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';

const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** Makes a secret, or puts a value under a key of one: a new key, or a new value of a known one. */
export function SecretDialog({
  open,
  secret,
  fixedKey,
  onClose,
}: {
  open: boolean;
  /** Name of the secret that gets the value; absent: a new one. */
  secret?: string;
  /** The key whose value is replaced; absent: it is asked for. */
  fixedKey?: string;
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace } = useOrganization();
  const [name, setName] = useState('');
  const [typedKey, setTypedKey] = useState('');
  const [value, setValue] = useState('');
  useEffect(() => {
    // Also when it closes: a value must not stay behind in the page.
    [setName, setTypedKey, setValue].forEach(set => set(''));
  }, [open]);
  const key = fixedKey ?? typedKey;

  const submit = async () => {
    const stringData = { [key]: value };
    if (secret) await api.patch(Secret, namespace, secret, { stringData });
    else await api.create(Secret, namespace, { metadata: { name, namespace }, type: 'Opaque', stringData });
    onClose();
    if (!secret) navigate(organizationPath(organization, 'manage', 'secrets', name));
  };
  const title = titleOf(secret, fixedKey);
  return (
    <FormDialog
      open={open}
      title={title}
      action={fixedKey ? 'Replace' : 'Add'}
      failure="The value was not kept"
      ready={Boolean((secret || name) && KEY.test(key) && value)}
      onSubmit={submit}
      onClose={onClose}
    >
      {!secret && (
        <TextField
          // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
          autoFocus
          required
          size="small"
          label="Name"
          value={name}
          onChange={event => setName(event.target.value)}
          helperText="Lower case letters, digits and dashes, for example model-key."
        />
      )}
      {!fixedKey && (
        <TextField
          required
          size="small"
          label="Key"
          value={typedKey}
          onChange={event => setTypedKey(event.target.value)}
          error={typedKey !== '' && !KEY.test(typedKey)}
          helperText="What the value is called inside the secret, for example apiKey."
        />
      )}
      <TextField
        required
        multiline
        minRows={2}
        size="small"
        label="Value"
        value={value}
        onChange={event => setValue(event.target.value)}
        helperText="It cannot be read again, by anybody. To correct it, replace it."
        inputProps={{ autoComplete: 'off', spellCheck: false, 'data-lpignore': 'true' }}
        sx={{ '& textarea': { WebkitTextSecurity: 'disc' } }}
      />
    </FormDialog>
  );
}

function titleOf(secret: string | undefined, key: string | undefined): string {
  if (!secret) return 'Add a secret';
  return key ? `A new value for ${key}` : `Add a key to ${secret}`;
}
