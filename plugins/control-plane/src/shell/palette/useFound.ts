import { useApi } from '@backstage/core-plugin-api';
import { searchApiRef } from '@backstage/plugin-search-react';
import { useEffect, useState } from 'react';
import { inOrder, typeWords } from '../../search/documentTypes';
import { PaletteEntry } from './fuzzy';

const WAIT_MS = 150;
const MOST = 8;

/** What the search index knows of the words typed: kinds the palette does not list, and texts. */
export function useFound(typed: string): { found: readonly PaletteEntry[]; error?: Error } {
  const searchApi = useApi(searchApiRef);
  const term = typed.trim();
  const [state, setState] = useState<{ found: readonly PaletteEntry[]; error?: Error }>({ found: [] });
  useEffect(() => {
    if (term.length < 2) {
      setState({ found: [] });
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      searchApi.query({ term, pageLimit: MOST }, { signal: stop.signal }).then(
        ({ results }) =>
          setState({ found: inOrder(results).map(({ type, document }) => entryOf(type, document)) }),
        error => !stop.signal.aborted && setState({ found: [], error }),
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [searchApi, term]);
  return state;
}

function entryOf(type: string, { title, location }: { title: string; location: string }): PaletteEntry {
  return { id: `found/${location}`, label: title, hint: typeWords(type), to: location };
}
