import { useApi } from '@backstage/core-plugin-api';
import { FormDialog, krateApiRef, useOrganization } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { ShownOnce } from '../shared/ShownOnce';
import { Tokens } from './useTokens';

const DAY_SECONDS = 24 * 60 * 60;
const SUGGESTED_DAYS = [1, 7, 30, 90, 365];

/** The lifetimes to choose from, in days: the usual ones that are allowed, and the longest. */
export function daysToChoose({ lifetimeSeconds, longestSeconds }: Tokens['lifetimes']): number[] {
  const longest = Math.floor(longestSeconds / DAY_SECONDS);
  const configured = Math.floor(lifetimeSeconds / DAY_SECONDS);
  const days = new Set(
    [...SUGGESTED_DAYS, configured, longest].filter(count => count >= 1 && count <= longest),
  );
  return [...days].sort((a, b) => a - b);
}

/** Makes an access token and shows it, this once. */
export function MakeTokenDialog({
  open,
  lifetimes,
  onMade,
  onClose,
}: {
  open: boolean;
  lifetimes: Tokens['lifetimes'];
  onMade(): void;
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const { organization } = useOrganization();
  const [description, setDescription] = useState('');
  const [scope, setScope] = useState<'write' | 'read'>('read');
  const [where, setWhere] = useState<'here' | 'everywhere'>('here');
  const [days, setDays] = useState(Math.max(1, Math.floor(lifetimes.lifetimeSeconds / DAY_SECONDS)));
  const [token, setToken] = useState<string>();
  useEffect(() => {
    if (open) setDescription('');
  }, [open]);

  const submit = async () => {
    const response = await api.request('tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        description,
        expiresInSeconds: Math.min(days * DAY_SECONDS, lifetimes.longestSeconds),
        ...(scope === 'read' && { readOnly: true }),
        ...(where === 'here' && { organizations: [organization] }),
      }),
    });
    setToken((await response.json()).token);
    onMade();
    onClose();
  };
  return (
    <>
      <FormDialog
        open={open}
        title="Make an access token"
        action="Make"
        failure="No token was made"
        ready={description.trim() !== ''}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextField
          // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
          autoFocus
          required
          size="small"
          label="Name"
          placeholder="What uses it, for example: nightly backup"
          value={description}
          onChange={event => setDescription(event.target.value)}
          inputProps={{ maxLength: 120 }}
        />
        <Choice<typeof scope>
          label="It may"
          value={scope}
          onChange={setScope}
          choices={{ read: 'read only', write: 'read and write, as I may' }}
        />
        <Choice<typeof where>
          label="In"
          value={where}
          onChange={setWhere}
          choices={{ here: `${organization} only`, everywhere: 'every organization I belong to' }}
        />
        <TextField
          select
          size="small"
          label="It ends after"
          value={days}
          onChange={event => setDays(Number(event.target.value))}
        >
          {daysToChoose(lifetimes).map(count => (
            <MenuItem key={count} value={count}>
              {count === 1 ? '1 day' : `${count} days`}
            </MenuItem>
          ))}
        </TextField>
      </FormDialog>
      <Dialog
        open={token !== undefined}
        onClose={() => setToken(undefined)}
        aria-labelledby="new-token"
        maxWidth="sm"
        fullWidth
      >
        <DialogTitle id="new-token">Your new token</DialogTitle>
        <DialogContent>
          <ShownOnce label="the token" value={token ?? ''}>
            Keep it where a password would be kept. It is shown only now; Krate keeps a hash of it.
          </ShownOnce>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setToken(undefined)}>Done</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function Choice<T extends string>({
  label,
  value,
  onChange,
  choices,
}: {
  label: string;
  value: T;
  onChange(value: T): void;
  choices: Readonly<Record<T, string>>;
}) {
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value as T)}
    >
      {Object.entries<string>(choices).map(([key, words]) => (
        <MenuItem key={key} value={key}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}
