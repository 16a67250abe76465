import { useApi } from '@backstage/core-plugin-api';
import { AccessButton, krateApiRef, useAccess } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import Snackbar from '@mui/material/Snackbar';
import { useState } from 'react';

/** What can be done to a pull request besides deciding on it; both are reversible, so nothing is asked. */
export function PullRequestActions({ pull, namespace }: { pull: PullRequest; namespace: string }) {
  const api = useApi(krateApiRef);
  const access = useAccess('update', PullRequest, namespace, pull.metadata.name);
  const [error, setError] = useState<Error>();
  const phase = pull.status?.phase;
  if (phase === 'Merged') return null;
  const closed = pull.spec.state === 'closed';
  const set = (spec: Record<string, unknown>) =>
    api.patch(PullRequest, namespace, pull.metadata.name, { spec }).catch(setError);
  const permission = `change pull requests of ${pull.spec.repository}`;
  return (
    <>
      {pull.spec.draft && (
        <AccessButton
          size="small"
          access={access}
          permission={permission}
          onClick={() => set({ draft: false })}
        >
          Ready for review
        </AccessButton>
      )}
      <AccessButton
        size="small"
        access={access}
        permission={permission}
        onClick={() => set({ state: closed ? 'open' : 'closed' })}
      >
        {closed ? 'Reopen' : 'Close'}
      </AccessButton>
      <Snackbar
        open={Boolean(error)}
        message={error?.message}
        autoHideDuration={8000}
        onClose={() => setError(undefined)}
      />
    </>
  );
}
