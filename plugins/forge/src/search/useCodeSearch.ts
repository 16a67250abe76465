import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useCallback, useEffect, useState } from 'react';
import { CodeSearch } from '../api/wire';

interface State {
  path?: string;
  data?: CodeSearch;
  error?: Error;
}

/** Searches as soon as there is something to look for; the last question wins. */
export function useCodeSearch(organization: string, query: Record<string, string>) {
  const api = useApi(krateApiRef);
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const parameters = new URLSearchParams(given).toString();
  const path = query.q ? `forge/${encodeURIComponent(organization)}/-/search?${parameters}` : undefined;
  const [state, setState] = useState<State>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!path) return undefined;
    const abort = new AbortController();
    api
      .request(path, { signal: abort.signal })
      .then(response => response.json())
      .then(
        data => setState({ path, data }),
        error => !abort.signal.aborted && setState({ path, error }),
      );
    return () => abort.abort();
  }, [api, path, round]);
  const current = state.path === path ? state : {};
  const retry = useCallback(() => setRound(n => n + 1), []);
  return {
    data: current.data,
    error: current.error,
    loading: Boolean(path) && !current.data && !current.error,
    retry,
  };
}
