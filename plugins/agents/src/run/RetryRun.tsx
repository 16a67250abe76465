import { useApi } from '@backstage/core-plugin-api';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { AccessButton, krateApiRef, Problem, useAccess } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { runPath } from '../shared/paths';

/** The same task anew, as a run of its own that knows which run it repeats. */
export function retryOf(run: AgentDispatchRun): Record<string, unknown> {
  const { repository, agentStack, taskKind, task, ref, sourceRefs, runnerPool, requiresApproval, budget } =
    run.spec;
  const spec = {
    repository,
    agentStack,
    taskKind,
    task,
    ref,
    sourceRefs,
    runnerPool,
    requiresApproval,
    budget,
  };
  return {
    metadata: { generateName: `${agentStack}-`, namespace: run.metadata.namespace },
    spec: {
      ...Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)),
      retryOf: run.metadata.name,
      attemptNumber: (run.spec.attemptNumber ?? 1) + 1,
    },
  };
}

/** Starts an ended run again and goes there. */
export function RetryRun({ organization, run }: { organization: string; run: AgentDispatchRun }) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { namespace } = run.metadata;
  const access = useAccess('create', AgentDispatchRun, namespace);
  const [state, setState] = useState<{ busy?: boolean; error?: Error }>({});
  const retry = async () => {
    setState({ busy: true });
    try {
      const created = await api.create(AgentDispatchRun, namespace, retryOf(run));
      setState({});
      navigate(runPath(organization, created.metadata.name));
    } catch (error) {
      setState({ error: error as Error });
    }
  };
  return (
    <Box>
      <AccessButton
        access={access}
        permission="dispatch agents"
        disabled={state.busy}
        variant="contained"
        onClick={retry}
      >
        Retry
      </AccessButton>
      {state.error && <Problem error={state.error} title="The run was not started again" />}
    </Box>
  );
}
