import { discoveryApiRef, IdentityApi, useApi } from '@backstage/core-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useCallback, useEffect, useState } from 'react';
import {
  forgetProvider,
  lastProvider,
  SignInProvider,
  useProviderSignIn,
  useSignInProviders,
} from './signInProviders';

/** One button per configured provider. The one used last is tried silently first. */
export function ProviderButtons({ onSignIn }: { onSignIn(identity: IdentityApi): void }) {
  const discovery = useApi(discoveryApiRef);
  const providers = useSignInProviders(discovery);
  const [error, setError] = useState<Error>();
  const finish = useCallback(
    (identity: IdentityApi) =>
      onSignIn({
        getProfileInfo: () => identity.getProfileInfo(),
        getBackstageIdentity: () => identity.getBackstageIdentity(),
        getCredentials: () => identity.getCredentials(),
        async signOut() {
          forgetProvider();
          await identity.signOut();
          window.location.assign('/');
        },
      }),
    [onSignIn],
  );
  const signIn = useProviderSignIn(finish);
  useEffect(() => {
    const last = providers && lastProvider(providers);
    if (last) signIn(last, { silent: true }).catch(() => forgetProvider());
  }, [providers, signIn]);

  const choose = async (provider: SignInProvider) => {
    setError(undefined);
    try {
      await signIn(provider);
    } catch (refused) {
      setError(refused as Error);
    }
  };
  if (!providers?.length) return null;
  return (
    <Box sx={{ display: 'grid', gap: 1, mb: 2 }}>
      {providers.map(provider => (
        <Button key={provider.id} variant="contained" onClick={() => choose(provider)}>
          Sign in with {provider.title}
        </Button>
      ))}
      {error && <Alert severity="error">{error.message}</Alert>}
    </Box>
  );
}
