import { useApi } from '@backstage/core-plugin-api';
import { Invite, Team } from '@krate/plugin-control-plane-common';
import { FormDialog, krateApiRef, useOrganization, useResourceList } from '@krate/plugin-control-plane-react';
import { Role } from '@krate/resource-model';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { RoleField } from '../shared/roles';
import { userNameFor } from './AddMemberDialog';

const DAYS = [1, 7, 30] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes an invitation. What carries its link to the person comes after. */
export function InviteDialog({
  open,
  onClose,
  onInvited,
}: {
  open: boolean;
  onClose(): void;
  onInvited(invite: Invite): void;
}) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const teams = useResourceList(Team, { namespace: open ? namespace : undefined });
  const [email, setEmail] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [message, setMessage] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const [joined, setJoined] = useState<string[]>([]);
  const [days, setDays] = useState<(typeof DAYS)[number]>(7);
  useEffect(() => {
    if (!open) return;
    [setEmail, setDisplayName, setMessage].forEach(set => set(''));
    setJoined([]);
  }, [open]);

  const submit = async () => {
    const base = userNameFor(email.split('@')[0]).slice(0, 40) || 'invite';
    const made = await api.create(Invite, namespace, {
      metadata: { generateName: `${base}-`, namespace },
      spec: {
        email,
        role,
        ...(displayName && { displayName }),
        ...(message && { message }),
        ...(joined.length > 0 && { teams: joined }),
        expiresAt: new Date(Date.now() + days * DAY_MS).toISOString(),
      },
    });
    onClose();
    onInvited(made);
  };
  return (
    <FormDialog
      open={open}
      title={`Invite somebody to ${organization}`}
      action="Make the invitation"
      failure="Nobody was invited"
      ready={email.includes('@')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
        autoFocus
        required
        type="email"
        size="small"
        label="Email address"
        value={email}
        onChange={event => setEmail(event.target.value)}
      />
      <TextField
        size="small"
        label="Name people read"
        value={displayName}
        onChange={event => setDisplayName(event.target.value)}
      />
      <RoleField value={role} onChange={next => next && setRole(next)} />
      {teams.items.length > 0 && (
        <TextField
          select
          size="small"
          label="Teams"
          value={joined}
          SelectProps={{ multiple: true }}
          onChange={event => setJoined(event.target.value as unknown as string[])}
        >
          {teams.items.map(({ metadata, spec }) => (
            <MenuItem key={metadata.uid} value={metadata.name}>
              {spec.displayName}
            </MenuItem>
          ))}
        </TextField>
      )}
      <TextField
        multiline
        minRows={2}
        size="small"
        label="A few words"
        value={message}
        onChange={event => setMessage(event.target.value)}
      />
      <TextField
        select
        size="small"
        label="The link works for"
        value={days}
        onChange={event => setDays(Number(event.target.value) as (typeof DAYS)[number])}
      >
        {DAYS.map(count => (
          <MenuItem key={count} value={count}>
            {count === 1 ? 'a day' : `${count} days`}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}
