import { ProxiedSignInPage } from '@backstage/core-components';
import { discoveryApiRef, IdentityApi, useApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { invitationToken } from '../invitation/invitation';
import { Newcomer } from '../invitation/Newcomer';
import { Mark } from './Mark';
import { ProviderButtons } from './ProviderButtons';

const FRAGMENT = /^#sign-in=(.+)$/;

/** Takes the single-use token out of the address, so that it is neither shown, nor bookmarked, nor sent again. */
function takeToken(): string | undefined {
  const token = FRAGMENT.exec(window.location.hash)?.[1];
  if (token) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}

function SignInProblem({ error, onSignIn }: { error?: Error; onSignIn(identity: IdentityApi): void }) {
  const refused = /401|unauthori/i.test(error?.message ?? '');
  const invitation = useMemo(invitationToken, []);
  return (
    <Box
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2, bgcolor: 'background.default' }}
    >
      <Paper component="main" variant="outlined" sx={{ maxWidth: 480, p: 4 }}>
        <Mark size={40} />
        <Typography variant="h1" sx={{ mt: 2, mb: 1 }}>
          {invitation ? 'You are invited' : 'Sign in to Krate'}
        </Typography>
        {invitation && <Newcomer token={invitation} />}
        <ProviderButtons onSignIn={onSignIn} />
        <Typography color="text.secondary" sx={{ mb: 2, display: invitation ? 'none' : undefined }}>
          Open the sign-in link that Krate printed when it started. A link works once; a platform
          administrator makes new ones with <code>krate sign-in-link &lt;user&gt;</code>.
        </Typography>
        {error && !invitation && (
          <Alert severity={refused ? 'info' : 'error'}>
            {refused ? 'You are not signed in, or the link was used already or has expired.' : error.message}
          </Alert>
        )}
      </Paper>
    </Box>
  );
}

/** Signing out ends the session at the server before the page forgets it; the stock identity would only forget. */
function withServerSignOut(identity: IdentityApi, baseUrl: Promise<string>): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      await fetch(`${await baseUrl}/local/logout`, {
        method: 'POST',
        credentials: 'include',
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      await identity.signOut();
      window.location.assign('/');
    },
  };
}

/** Signs in with the printed link, and silently with the session cookie after that. */
export function SignInPage(props: SignInPageProps) {
  const discovery = useApi(discoveryApiRef);
  const token = useMemo(takeToken, []);
  const headers = useMemo(() => {
    let unspent = token;
    return () => {
      const header: Record<string, string> = unspent ? { 'x-krate-sign-in': unspent } : {};
      unspent = undefined;
      return header;
    };
  }, [token]);

  const { onSignInSuccess } = props;
  // Made once: a new component each time would lose what stands on it.
  const Problem = useMemo(
    () =>
      function SignInChoices({ error }: { error?: Error }) {
        return <SignInProblem error={error} onSignIn={onSignInSuccess} />;
      },
    [onSignInSuccess],
  );

  return (
    <ProxiedSignInPage
      {...props}
      provider="local"
      headers={headers}
      ErrorComponent={Problem}
      onSignInSuccess={identity =>
        props.onSignInSuccess(withServerSignOut(identity as IdentityApi, discovery.getBaseUrl('auth')))
      }
    />
  );
}
