import { OAuth2 } from '@backstage/core-app-api';
import {
  BackstageIdentityApi,
  configApiRef,
  DiscoveryApi,
  discoveryApiRef,
  IdentityApi,
  oauthRequestApiRef,
  ProfileInfoApi,
  SessionApi,
  useApi,
} from '@backstage/core-plugin-api';
import { UserIdentity } from '@backstage/core-components';
import { useCallback, useEffect, useState } from 'react';

/** A way to sign in, as the server lists it. */
export interface SignInProvider {
  id: string;
  title: string;
}

/** Scopes without which a provider does not say who somebody is. */
const SCOPES: Record<string, string[]> = {
  oidc: ['openid', 'profile', 'email'],
  github: ['read:user', 'user:email'],
};
const LAST = 'krate.sign-in';

/** The providers besides sign-in links; undefined until known, none when the server does not say. */
export function useSignInProviders(discovery: DiscoveryApi): SignInProvider[] | undefined {
  const [providers, setProviders] = useState<SignInProvider[]>();
  useEffect(() => {
    let current = true;
    const read = async () => {
      const response = await fetch(`${await discovery.getBaseUrl('krate')}/sign-in`);
      return (await response.json()).providers as SignInProvider[];
    };
    read().then(
      all => current && setProviders(all.filter(({ id }) => id !== 'local')),
      () => current && setProviders([]),
    );
    return () => {
      current = false;
    };
  }, [discovery]);
  return providers;
}

type AuthApi = ProfileInfoApi & BackstageIdentityApi & SessionApi;

/** Signs in by a provider: in a popup, or silently with the session it still has. */
export function useProviderSignIn(onSignIn: (identity: IdentityApi) => void) {
  const discoveryApi = useApi(discoveryApiRef);
  const oauthRequestApi = useApi(oauthRequestApiRef);
  const configApi = useApi(configApiRef);

  return useCallback(
    async ({ id, title }: SignInProvider, options: { silent?: boolean } = {}): Promise<boolean> => {
      const authApi: AuthApi = OAuth2.create({
        ...{ configApi, discoveryApi, oauthRequestApi },
        environment: configApi.getOptionalString('auth.environment'),
        provider: { id, title, icon: () => null },
        defaultScopes: SCOPES[id] ?? [],
      });
      const response = await authApi.getBackstageIdentity(
        options.silent ? { optional: true } : { instantPopup: true },
      );
      if (!response) return false;
      window.localStorage.setItem(LAST, id);
      const profile = await authApi.getProfile();
      onSignIn(UserIdentity.create({ identity: response.identity, profile, authApi }));
      return true;
    },
    [configApi, discoveryApi, oauthRequestApi, onSignIn],
  );
}

/** The provider that was used last: after a reload its session is taken up without a question. */
export function lastProvider(providers: readonly SignInProvider[]): SignInProvider | undefined {
  const last = window.localStorage.getItem(LAST);
  return providers.find(({ id }) => id === last);
}

/** After signing out nobody is signed in again by themselves. */
export function forgetProvider(): void {
  window.localStorage.removeItem(LAST);
}
