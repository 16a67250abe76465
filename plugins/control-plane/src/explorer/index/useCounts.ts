import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';

/** How many objects of each kind there are, by `plural.group`; `null` for what may not be listed. */
export type Counts = ReadonlyMap<string, number | null>;

const EVERY_MS = 15_000;

/** Counts objects now and from time to time while the page is looked at. Counts that cannot be had are left out. */
export function useCounts(namespace: string): Counts | undefined {
  const api = useApi(krateApiRef);
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => {
    let current = true;
    const count = async () => {
      if (document.hidden) return;
      try {
        const response = await api.request(`counts?namespace=${encodeURIComponent(namespace)}`);
        const { items } = (await response.json()) as { items: { resource: string; count: number | null }[] };
        if (current) setCounts(new Map(items.map(({ resource, count: found }) => [resource, found])));
      } catch {
        // The kinds are useful without their numbers, and the next round may have them.
        if (current) setCounts(known => known ?? new Map());
      }
    };
    void count();
    const timer = setInterval(count, EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [api, namespace]);
  return counts;
}
