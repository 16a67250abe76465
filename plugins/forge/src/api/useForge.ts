import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, useRepository } from '@krate/plugin-control-plane-react';
import { useCallback, useEffect, useState } from 'react';

export interface ForgeAnswer<T> {
  /** Kept while a newer answer is on its way. */
  data?: T;
  loading: boolean;
  error?: Error;
  retry(): void;
}

interface State<T> {
  path?: string;
  data?: T;
  error?: Error;
}

/** The address of a forge route of a repository, below the API's base. */
export function forgePath(
  organization: string,
  repository: string,
  route: string,
  query: Record<string, string | undefined> = {},
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const parameters = new URLSearchParams(given).toString();
  return `forge/${encodeURIComponent(organization)}/${encodeURIComponent(repository)}/${route}${parameters ? `?${parameters}` : ''}`;
}

/**
 * Reads a forge route of the repository at hand.
 *
 * @param route - below the repository, `tree`; undefined: not yet
 * @param query - parameters; empty ones are left out
 * @param revision - read again when it changes: the head that a push moved
 */
export function useForge<T>(
  route: string | undefined,
  query: Record<string, string | undefined> = {},
  revision = '',
): ForgeAnswer<T> {
  const api = useApi(krateApiRef);
  const { organization, repository } = useRepository();
  const path = route && forgePath(organization, repository, route, query);
  const [state, setState] = useState<State<T>>({});
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (!path) return undefined;
    const abort = new AbortController();
    api
      .request(path, { signal: abort.signal })
      .then(response => response.json())
      .then(
        data => setState({ path, data }),
        error =>
          !abort.signal.aborted &&
          setState(previous => ({ path, error, data: previous.path === path ? previous.data : undefined })),
      );
    return () => abort.abort();
  }, [api, path, revision, round]);

  const retry = useCallback(() => setRound(n => n + 1), []);
  const current = state.path === path;
  return {
    data: current ? state.data : undefined,
    error: current ? state.error : undefined,
    loading: Boolean(path) && !(current && (state.data || state.error)),
    retry,
  };
}
