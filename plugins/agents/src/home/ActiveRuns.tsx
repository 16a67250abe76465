import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import {
  Link,
  organizationPath,
  Section,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { useMemo } from 'react';
import { hasEnded } from '../run/timelineOf';
import { RunsTable } from '../runs/RunsTable';

/** What agents do now. */
export function ActiveRuns() {
  const { organization, namespace } = useOrganization();
  const list = useResourceList(AgentDispatchRun, { namespace });
  const stacks = useResourceList(AgentStack, { namespace });
  const active = useMemo(() => ({ ...list, items: list.items.filter(run => !hasEnded(run)) }), [list]);
  return (
    <Section
      title="Agents at work"
      flush
      action={<Link to={organizationPath(organization, 'runs')}>All runs</Link>}
    >
      <RunsTable
        organization={organization}
        list={active}
        stacks={stacks.items}
        without={['stack', 'details']}
        limit={8}
        empty={{
          title: 'No agent is at work',
          children: <Link to={organizationPath(organization, 'dispatch')}>Dispatch one</Link>,
        }}
      />
    </Section>
  );
}
