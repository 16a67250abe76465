import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useCallback, useEffect, useState } from 'react';

/** A token as the server lists it: never the token itself. */
export interface ListedToken {
  id: string;
  purpose: 'access' | 'session' | 'sign-in';
  description: string;
  createdAt: string;
  expiresAt?: string;
  lastUsedAt?: string;
  readOnly?: boolean;
  organizations?: string[];
}

export interface Tokens {
  items: ListedToken[];
  lifetimes: { lifetimeSeconds: number; longestSeconds: number };
}

/** The reader's own tokens. They are no objects of an organization, so the list is read anew on `reload`, and by itself every half minute. */
export function useTokens(): { tokens?: Tokens; error?: Error; reload(): void } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ tokens?: Tokens; error?: Error }>({});
  const load = useCallback(
    () =>
      api
        .request('tokens')
        .then(response => response.json())
        .then(
          tokens => setState({ tokens }),
          error => setState(before => ({ ...before, error })),
        ),
    [api],
  );
  useEffect(() => {
    void load();
    const timer = setInterval(load, 30_000);
    return () => clearInterval(timer);
  }, [load]);
  return { ...state, reload: () => void load() };
}
