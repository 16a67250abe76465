import { discoveryApiRef, fetchApiRef, identityApiRef, useApi } from '@backstage/core-plugin-api';
import { EmptyState, organizationPath, PageFrame, Problem, Section } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { askInvitation, Invitation, invitationToken } from './invitation';
import { InvitationOffer } from './InvitationOffer';

/** `/invitation`: accepts an invitation as the person who is signed in. */
export function InvitationPage() {
  const discovery = useApi(discoveryApiRef);
  const { fetch } = useApi(fetchApiRef);
  const identity = useApi(identityApiRef);
  const token = useMemo(invitationToken, []);
  const [name, setName] = useState('');
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  useEffect(() => {
    identity.getBackstageIdentity().then(({ userEntityRef }) => setName(userEntityRef.split('/')[1]));
  }, [identity]);

  const send = useCallback(
    async (path: string, init: RequestInit) => fetch(`${await discovery.getBaseUrl('krate')}/${path}`, init),
    [discovery, fetch],
  );
  const load = useCallback(() => askInvitation<Invitation>(send, 'preview', { token }), [send, token]);
  const accept = async ({ organization }: Invitation) => {
    setState({ busy: true });
    try {
      await askInvitation(send, 'accept', { token });
      // A full load: every list of one's organizations is read anew.
      window.location.assign(organizationPath(organization));
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <PageFrame title="Invitation">
      <Box sx={{ maxWidth: 560 }}>
        {!token && (
          <EmptyState title="Open the link you were given as a whole: this address has no invitation in it" />
        )}
        {token && (
          <Section title="You are invited">
            <InvitationOffer load={load}>
              {invitation => (
                <Box sx={{ mt: 3 }}>
                  {state.error && <Problem error={state.error} title="It was not accepted" />}
                  <Button variant="contained" disabled={state.busy} onClick={() => accept(invitation)}>
                    Accept as {name || 'yourself'}
                  </Button>
                </Box>
              )}
            </InvitationOffer>
          </Section>
        )}
      </Box>
    </PageFrame>
  );
}
