import {
  EmptyState,
  organizationPath,
  PageFrame,
  Problem,
  ResourceTab,
  RouteTabs,
  SkeletonRows,
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
  const { run, loading, error, partError } = parts;
  const crumbs = [{ label: 'Runs', to: organizationPath(organization, 'runs') }];

  if (!run) {
    return (
      <PageFrame title={name} organization={organization} crumbs={crumbs}>
        {error && <Problem error={error} title="The run could not be read" />}
        {loading && !error && <SkeletonRows rows={10} />}
        {!loading && !error && (
          <EmptyState title="There is no such run here">
            It does not exist in {organization}, or you may not see it. Old runs are removed after a time.
          </EmptyState>
        )}
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title={name}
      organization={organization}
      crumbs={crumbs}
      heading={
        <Box
          component="span"
          sx={{ display: 'inline-flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}
        >
          <span>{firstLine(run.spec.task) ?? name}</span>
          <span aria-live="polite">
            <StatusChip status={run.status?.phase ?? 'Pending'} />
          </span>
        </Box>
      }
      lede={<RunLede organization={organization} parts={parts} run={run} />}
      action={<Actions organization={organization} run={run} />}
      tabs={<Tabs organization={organization} name={name} tab={tab} artifacts={parts.artifacts.length} />}
    >
      {error && <Problem error={error} title="What you see may be out of date" />}
      {partError && <Problem error={partError} title="A part of this run could not be read" />}
      <Body organization={organization} tab={tab} parts={parts} run={run} />
    </PageFrame>
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
