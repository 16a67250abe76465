import { useApi } from '@backstage/core-plugin-api';
import { reviewPermissions } from '@krate/plugin-agents-common';
import { krateApiRef, RouteResult } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';
import { DispatchFields, runOf } from './dispatchFields';

const PAUSE_MS = 400;

export type PreviewedReview = RouteResult<typeof reviewPermissions>;

/** The permission review of a dispatch that is not made; asked anew when the fields that it depends on change. */
export function usePermissionReview(
  organization: string,
  fields: DispatchFields,
  enabled: boolean,
): { review?: PreviewedReview; error?: Error } {
  const api = useApi(krateApiRef);
  const [answer, setAnswer] = useState<{ review?: PreviewedReview; error?: Error }>({});
  const { repository, agentStack, ref, budget, requiresApproval } = runOf(fields, '').spec as never;
  const asked = JSON.stringify({ repository, agentStack, ref, budget, requiresApproval });
  const askable = enabled && Boolean(fields.repository && fields.stack);
  useEffect(() => {
    setAnswer({});
    if (!askable) return undefined;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      api
        .call(reviewPermissions, {
          params: { org: organization },
          body: JSON.parse(asked),
          signal: gone.signal,
        })
        .then(
          review => !gone.signal.aborted && setAnswer({ review }),
          error => !gone.signal.aborted && setAnswer({ error }),
        );
    }, PAUSE_MS);
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [api, organization, asked, askable]);
  return answer;
}
