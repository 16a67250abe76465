import {
  EmptyState,
  ObjectFrame,
  organizationPath,
  Problem,
  ResourceTab,
  RouteTabs,
  StatusChip,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useParams } from 'react-router-dom';
import { firstLine } from '../shared/format';
import { runPath } from '../shared/paths';
import { CancelRun } from './CancelRun';
import { RetryRun } from './RetryRun';
import { RunLede } from './RunLede';
import { RunArtifacts } from './RunArtifacts';
import { RunOverview } from './RunOverview';
import { hasEnded } from './timelineOf';
import { LiveRun, useRunParts } from './useRunParts';

/** A run: what it does now, what it asks, what it made, what it may touch. */
export function RunPage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const parts = useRunParts(namespace, name);
  const { run: object, loading, error, partError } = parts;
  return (
    <ObjectFrame
      noun="run"
      name={name}
      organization={organization}
      list={{ label: 'Runs', to: organizationPath(organization, 'runs') }}
      loaded={{ object, loading, error }}
      missing="Old runs are removed after a time."
      heading={run => ({
        title: firstLine(run.spec.task),
        marks: <StatusChip status={run.status?.phase ?? 'Pending'} />,
        lede: <RunLede organization={organization} parts={parts} run={run} />,
        action: <Actions organization={organization} run={run} />,
        tabs: <Tabs organization={organization} name={name} tab={tab} artifacts={parts.artifacts.length} />,
      })}
    >
      {run => (
        <>
          {partError && <Problem error={partError} title="A part of this run could not be read" />}
          <Body organization={organization} tab={tab} parts={parts} run={run} />
        </>
      )}
    </ObjectFrame>
  );
}

function Body({
  tab,
  ...props
}: {
  organization: string;
  tab: string;
  parts: LiveRun;
  run: AgentDispatchRun;
}) {
  switch (tab) {
    case '':
      return <RunOverview {...props} />;
    case 'artifacts':
      return <RunArtifacts {...props} />;
    case 'resource':
      return <ResourceTab type={AgentDispatchRun} object={props.run} />;
    default:
      return <EmptyState title="A run has no such tab" />;
  }
}

function Tabs({
  organization,
  name,
  tab,
  artifacts,
}: {
  organization: string;
  name: string;
  tab: string;
  artifacts: number;
}) {
  const base = runPath(organization, name);
  return (
    <RouteTabs
      label="Run"
      value={tab ? `${base}/${tab}` : base}
      tabs={[
        { label: 'Run', to: base },
        { label: 'Artifacts', to: `${base}/artifacts`, count: artifacts },
        { label: 'Resource', to: `${base}/resource` },
      ]}
    />
  );
}

function Actions({ organization, run }: { organization: string; run: AgentDispatchRun }) {
  return (
    <Box sx={{ display: 'flex', gap: 1, '@media print': { display: 'none' } }}>
      <Button onClick={() => window.print()}>Print</Button>
      {hasEnded(run) ? <RetryRun organization={organization} run={run} /> : <CancelRun run={run} />}
    </Box>
  );
}
