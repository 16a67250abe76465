import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { organizationPath, Problem } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, useCallback, useState } from 'react';
import { askInvitation, Invitation } from './invitation';
import { InvitationOffer } from './InvitationOffer';

/** Accepts an invitation as somebody who has no login yet: they choose a user name and are signed in. */
export function Newcomer({ token }: { token: string }) {
  const discovery = useApi(discoveryApiRef);
  const send = useCallback(
    async (path: string, init: RequestInit) => fetch(`${await discovery.getBaseUrl('krate')}/${path}`, init),
    [discovery],
  );
  const load = useCallback(() => askInvitation<Invitation>(send, 'preview', { token }), [send, token]);
  return (
    <InvitationOffer load={load}>
      {invitation =>
        invitation.localSignIn ? (
          <NewcomerForm invitation={invitation} token={token} send={send} />
        ) : (
          <Typography sx={{ mt: 2 }}>Sign in below to accept it.</Typography>
        )
      }
    </InvitationOffer>
  );
}

function NewcomerForm({
  invitation,
  token,
  send,
}: {
  invitation: Invitation;
  token: string;
  send(path: string, init: RequestInit): Promise<Response>;
}) {
  const [userName, setUserName] = useState(invitation.email.split('@')[0].replace(/[^A-Za-z0-9._-]/g, '-'));
  const [displayName, setDisplayName] = useState(invitation.invited ?? '');
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      const body = { token, userName, displayName: displayName || undefined };
      const { signIn } = await askInvitation<{ signIn: string }>(send, 'accept', body);
      window.location.assign(`${organizationPath(invitation.organization)}#sign-in=${signIn}`);
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 2, mt: 3 }}>
      <TextField
        required
        size="small"
        label="User name"
        value={userName}
        onChange={event => setUserName(event.target.value)}
        helperText="What you are called here. It cannot be changed later."
        autoComplete="username"
      />
      <TextField
        size="small"
        label="Name people read"
        value={displayName}
        onChange={event => setDisplayName(event.target.value)}
        autoComplete="name"
      />
      {state.error && <Problem error={state.error} title="It was not accepted" />}
      <Button type="submit" variant="contained" disabled={!userName || state.busy}>
        Accept and sign in
      </Button>
      <Typography variant="body2" color="text.secondary">
        You have a login here already? Sign in with it first, then open this link again.
      </Typography>
    </Box>
  );
}
