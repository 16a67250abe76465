import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, Problem, Section, SkeletonRows } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useLoaded } from '../documentation/useLoaded';
import { ActionRequest, Decision, decideActionRequest, readActionRequest } from './actionRequest';
import { Wanted } from './Wanted';

/** What was asked of the reader, and their answer. */
export function Asked({ id }: { id: string }) {
  const api = useApi(krateApiRef);
  const { data, error, reload } = useLoaded(() => readActionRequest(api, id), id);
  if (error) return <Problem error={error} title="There is nothing to agree to" onRetry={reload} />;
  return data ? <Question request={data} /> : <SkeletonRows rows={5} />;
}

const ANSWERED: Record<Decision, string> = {
  approve: 'You agreed, and it was done.',
  deny: 'You did not agree. Nothing was done.',
};

function Question({ request }: { request: ActionRequest }) {
  const api = useApi(krateApiRef);
  const [answered, setAnswered] = useState(request.decision);
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const late = Date.parse(request.expiresAt) <= Date.now();
  const decide = async (decision: Decision) => {
    setState({ busy: true });
    try {
      await decideActionRequest(api, request.id, decision);
      setAnswered(decision);
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Section title={request.title}>
      <Wanted request={request} />
      <Box role="status" sx={{ mt: 2 }}>
        {answered && <Alert severity="info">{ANSWERED[answered]}</Alert>}
        {!answered && late && (
          <Alert severity="warning">It was asked too long ago. The program has to ask again.</Alert>
        )}
      </Box>
      {state.error && <Problem error={state.error} title="It was not done" />}
      {!answered && !late && (
        <Box sx={{ display: 'flex', gap: 1, mt: 2 }}>
          <Button variant="contained" color="error" disabled={state.busy} onClick={() => decide('approve')}>
            Agree and do it
          </Button>
          <Button disabled={state.busy} onClick={() => decide('deny')}>
            Do not
          </Button>
        </Box>
      )}
    </Section>
  );
}
