import { useApi } from '@backstage/core-plugin-api';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { krateApiRef, MenuObjects, pathOf } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { useEffect, useState } from 'react';

/** Of each kind. What an organization has beyond that, the search index finds by its words. */
const MOST = 100;

export interface FoundObject {
  of: MenuObjects;
  object: Resource;
}

/** The last answers by organization: the palette opens with them, so that nothing moves below the fingers. */
const lastFound = new Map<string, readonly FoundObject[]>();

/** The first objects of every kind that the palette finds by name, read when it opens. */
export function useObjects(
  kinds: readonly MenuObjects[],
  organization: string | undefined,
): readonly FoundObject[] {
  const api = useApi(krateApiRef);
  const last = (organization && lastFound.get(organization)) || [];
  const [found, setFound] = useState<readonly FoundObject[]>(last);
  useEffect(() => {
    if (!organization) return undefined;
    const stop = new AbortController();
    const firstOf = async (of: MenuObjects): Promise<FoundObject[]> => {
      const path = `${pathOf(of.kind, namespaceOf(organization))}?limit=${MOST}`;
      const { items } = await (await api.request(path, { signal: stop.signal })).json();
      return items.map((object: Resource) => ({ of, object }));
    };
    // Of a kind that cannot be read nothing is found; its own page says why.
    Promise.all(kinds.map(of => firstOf(of).catch(() => []))).then(lists => {
      if (stop.signal.aborted) return;
      const now = lists.flat();
      lastFound.set(organization, now);
      setFound(now);
    });
    return () => stop.abort();
  }, [api, kinds, organization]);
  return found;
}
