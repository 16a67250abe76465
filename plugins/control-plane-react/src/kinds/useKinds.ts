import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { KrateApi, krateApiRef } from '../api/KrateApi';
import { KindInfo } from './KindInfo';
import { kindsOfDocument } from './kindsOfDocument';

const loaded = new WeakMap<KrateApi, Promise<KindInfo[]>>();

/** Every kind the server serves, by name. Read once per page load; the documents themselves are kept by the browser. */
export function loadKinds(api: KrateApi): Promise<KindInfo[]> {
  const known = loaded.get(api) ?? read(api);
  loaded.set(api, known);
  known.catch(() => loaded.delete(api));
  return known;
}

async function read(api: KrateApi): Promise<KindInfo[]> {
  const { paths } = (await (await api.request('openapi/v3')).json()) as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  const documents = await Promise.all(
    Object.entries(paths).map(async ([path, { serverRelativeURL }]) => {
      const [, query = ''] = serverRelativeURL.split('?');
      return (await api.request(`openapi/v3/${path}?${query}`)).json();
    }),
  );
  return documents.flatMap(kindsOfDocument).sort((a, b) => a.kind.localeCompare(b.kind));
}

export interface Kinds {
  /** Undefined while loading. */
  kinds?: readonly KindInfo[];
  error?: Error;
  retry(): void;
}

/** Every kind the server serves. */
export function useKinds(): Kinds {
  const api = useApi(krateApiRef);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ kinds?: readonly KindInfo[]; error?: Error }>({});
  useEffect(() => {
    let current = true;
    loadKinds(api).then(
      kinds => current && setState({ kinds }),
      error => current && setState({ error }),
    );
    return () => {
      current = false;
    };
  }, [api, round]);
  const retry = useCallback(() => {
    setState({});
    setRound(n => n + 1);
  }, []);
  return { ...state, retry };
}

/** The kind with a plural such as `repositories`; `missing` once it is known that there is none. */
export function useKind(
  plural: string | undefined,
): Omit<Kinds, 'kinds'> & { kind?: KindInfo; missing: boolean } {
  const { kinds, ...rest } = useKinds();
  const kind = kinds?.find(candidate => candidate.plural === plural);
  return { ...rest, kind, missing: Boolean(kinds && !kind) };
}
