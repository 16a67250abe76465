import type { SearchApi } from '@backstage/plugin-search-react';
import type { SearchResult } from '@backstage/plugin-search-common';
import { useEffect, useState } from 'react';

import { inOrder } from './documentTypes';

const WAIT_MS = 200;

export interface Search {
  results: readonly SearchResult[];
  /** There is more than was asked for. */
  more: boolean;
  loading: boolean;
  error?: Error;
  retry(): void;
}

/** What the index finds, a moment after the last change of the question. Results stay until the next ones are there. */
export function useSearch(
  api: SearchApi,
  { term, type, organization, limit }: { term: string; type: string; organization: string; limit: number },
): Search {
  const [state, setState] = useState<Omit<Search, 'retry'>>({ results: [], more: false, loading: false });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!term.trim()) {
      setState({ results: [], more: false, loading: false });
      return undefined;
    }
    const stop = new AbortController();
    setState(({ results, more }) => ({ results, more, loading: true }));
    const timer = setTimeout(() => {
      const question = {
        term: term.trim(),
        pageLimit: limit,
        ...(type ? { types: [type] } : {}),
        ...(organization ? { filters: { organization } } : {}),
      };
      api.query(question, { signal: stop.signal }).then(
        ({ results, nextPageCursor }) =>
          setState({ results: inOrder(results), more: Boolean(nextPageCursor), loading: false }),
        error => {
          if (!stop.signal.aborted)
            setState(({ results }) => ({ results, more: false, loading: false, error }));
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [api, term, type, organization, limit, round]);
  return { ...state, retry: () => setRound(n => n + 1) };
}
