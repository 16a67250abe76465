import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useCallback, useEffect, useState } from 'react';

/** One line of the audit trail. */
export interface AuditEvent {
  id: number;
  time: string;
  principal: string;
  action: string;
  outcome: 'allowed' | 'denied' | 'failed';
  organization?: string;
  resource?: string;
  details?: Record<string, unknown>;
}

interface AuditPage {
  items: AuditEvent[];
  next?: number;
}

const REFRESH_MS = 5_000;

/**
 * The audit trail of an organization, newest first, by the parameters of `GET /audit`. New events appear by themselves
 * above; `more` loads the next page below.
 */
export function useAudit(parameters: string): {
  events?: AuditEvent[];
  hasMore: boolean;
  error?: Error;
  more(): Promise<void>;
  reload(): void;
} {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ events?: AuditEvent[]; next?: number; error?: Error }>({});
  const load = useCallback(
    async (before?: number): Promise<AuditPage> => {
      const path = `audit?${parameters}&limit=100${before ? `&before=${before}` : ''}`;
      return (await api.request(path)).json();
    },
    [api, parameters],
  );
  const refresh = useCallback(
    () =>
      load().then(
        page => setState(known => joined(known, page)),
        error => setState(known => ({ ...known, error })),
      ),
    [load],
  );
  useEffect(() => {
    setState({});
    void refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  const more = async () => {
    try {
      const page = await load(state.next);
      setState(known => ({ events: [...(known.events ?? []), ...page.items], next: page.next }));
    } catch (error) {
      setState(known => ({ ...known, error: error as Error }));
    }
  };
  return {
    events: state.events,
    hasMore: state.next !== undefined,
    error: state.error,
    more,
    reload: () => void refresh(),
  };
}

/** Puts the newest page above what is known; a gap between the two begins the list anew. */
export function joined(
  known: { events?: AuditEvent[]; next?: number },
  page: AuditPage,
): { events: AuditEvent[]; next?: number } {
  const newest = known.events?.[0]?.id;
  if (newest === undefined || !page.items.some(({ id }) => id === newest))
    return { events: page.items, next: page.next };
  const fresh = page.items.filter(({ id }) => id > newest);
  return { events: [...fresh, ...known.events!], next: known.next };
}
