import { AgentStack } from '@krate/plugin-agents-common';
import {
  EmptyState,
  Link,
  Problem,
  Section,
  SkeletonRows,
  useResource,
  useResourceOfEntity,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { DispatchButton } from '../dispatch/DispatchButton';
import { stackPath } from '../shared/paths';
import { Readiness } from '../stacks/Readiness';
import { readinessOf } from '../stacks/stackFixes';
import { StackRuns } from '../stacks/StackRuns';

/** Whether a stack can be dispatched, and what it did last. */
export function StackSummary() {
  const { organization, namespace, name } = useResourceOfEntity();
  const { object: stack, loading, error } = useResource(AgentStack, namespace, name);
  if (error) return <Problem error={error} title="The stack could not be read" />;
  if (loading) return <SkeletonRows rows={6} />;
  if (!stack) return <EmptyState title="There is no such stack, or you may not see it" />;
  const { ready, reason } = readinessOf(stack);
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Section
        title="Readiness"
        action={
          <DispatchButton
            organization={organization}
            stack={name}
            blocked={ready ? undefined : reason}
            size="small"
            variant="outlined"
          />
        }
      >
        <Readiness stack={stack} />
      </Section>
      <Section
        title="Recent runs"
        flush
        action={<Link to={`${stackPath(organization, name)}/runs`}>All</Link>}
      >
        <StackRuns organization={organization} stack={stack} limit={5} />
      </Section>
    </Box>
  );
}
