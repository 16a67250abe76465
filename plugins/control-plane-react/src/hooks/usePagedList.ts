import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';
import { PagedList, PagedListState, PagedRequest } from '../api/PagedList';

const WAITING: PagedListState = { items: [], loading: true, complete: false };

function keyOf({ type, namespace, labelSelector, fieldSelector }: PagedRequest): string {
  return JSON.stringify([type.group, type.plural, namespace, labelSelector, fieldSelector]);
}

/**
 * All objects of a kind, page by page and live; for kinds that may have thousands. Nothing is asked for while `request` is
 * undefined. What is shown stays until a changed request has its first page.
 */
export function usePagedList(request: PagedRequest | undefined): PagedListState & { retry(): void } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<PagedListState>(WAITING);
  const [round, setRound] = useState(0);
  const key = request && keyOf(request);
  const latest = useRef(request);
  latest.current = request;
  const kind = useRef<string>();

  useEffect(() => {
    if (!key || !latest.current) return undefined;
    const { group, plural } = latest.current.type;
    // Rows of another kind must not stand under this one's heading.
    if (kind.current !== `${plural}.${group}`) setState(WAITING);
    kind.current = `${plural}.${group}`;
    const list = new PagedList(api, latest.current, setState);
    return () => list.close();
  }, [api, key, round]);

  const retry = useCallback(() => {
    setState(WAITING);
    setRound(n => n + 1);
  }, []);
  return { ...state, retry };
}
