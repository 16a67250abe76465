import { AgentStack } from '@krate/plugin-agents-common';
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
  useResource,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import { DispatchButton } from '../dispatch/DispatchButton';
import { stackPath } from '../shared/paths';
import { ScriptedMark } from '../shared/Scripted';
import { readinessOf } from './stackFixes';
import { StackOverview } from './StackOverview';
import { StackRuns } from './StackRuns';

/** One stack: can it run and why not, what it says, what it may do, what it did. */
export function StackPage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const { object: stack, loading, error } = useResource(AgentStack, namespace, name);
  const crumbs = [{ label: 'Stacks', to: organizationPath(organization, 'stacks') }];
  if (!stack) {
    return (
      <PageFrame title={name} organization={organization} crumbs={crumbs}>
        {error && <Problem error={error} title="The stack could not be read" />}
        {loading && !error && <SkeletonRows rows={8} />}
        {!loading && !error && (
          <EmptyState title="There is no such stack here">
            It does not exist in {organization}, or you may not see it.
          </EmptyState>
        )}
      </PageFrame>
    );
  }
  const base = stackPath(organization, name);
  const { ready, reason } = readinessOf(stack);
  const title = stack.spec.displayName ?? name;
  return (
    <PageFrame
      title={title}
      organization={organization}
      crumbs={crumbs}
      heading={
        <Box
          component="span"
          sx={{ display: 'inline-flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}
        >
          <span>{title}</span>
          <StatusChip status={stack.status?.phase ?? 'Pending'} />
          <ScriptedMark stack={stack} />
        </Box>
      }
      lede={stack.spec.description}
      action={
        <DispatchButton organization={organization} stack={name} blocked={ready ? undefined : reason} />
      }
      tabs={
        <RouteTabs
          label="Stack"
          value={tab ? `${base}/${tab}` : base}
          tabs={[
            { label: 'Overview', to: base },
            { label: 'Runs', to: `${base}/runs` },
            { label: 'Resource', to: `${base}/resource` },
          ]}
        />
      }
    >
      {error && <Problem error={error} title="What you see may be out of date" />}
      {tab === '' && <StackOverview organization={organization} stack={stack} />}
      {tab === 'runs' && <StackRuns organization={organization} stack={stack} />}
      {tab === 'resource' && <ResourceTab type={AgentStack} object={stack} />}
    </PageFrame>
  );
}
