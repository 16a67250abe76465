import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';

export interface OrganizationSummary {
  name: string;
  displayName: string;
}

function summaryOf({
  organization,
  displayName,
}: {
  organization: string;
  displayName: string;
}): OrganizationSummary {
  return { name: organization, displayName };
}

/** The organizations the signed-in person belongs to. */
export function useOrganizations(): { organizations?: OrganizationSummary[]; error?: Error; reload(): void } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ organizations?: OrganizationSummary[]; error?: Error }>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    api
      .request('whoami')
      .then(response => response.json())
      .then(
        body => current && setState({ organizations: body.organizations.map(summaryOf) }),
        error => current && setState({ error }),
      );
    return () => {
      current = false;
    };
  }, [api, round]);
  return { ...state, reload: () => setRound(n => n + 1) };
}
