import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import { Section, useRepository, useResourceList } from '@krate/plugin-control-plane-react';
import { DispatchButton } from '../dispatch/DispatchButton';
import { RunsTable } from '../runs/RunsTable';

/** The latest agent runs of a repository, with the button that starts one; for a component’s overview. */
export function AgentsCard() {
  const { organization, namespace, repository } = useRepository();
  const runs = useResourceList(AgentDispatchRun, {
    namespace,
    fieldSelector: `spec.repository=${repository}`,
  });
  const stacks = useResourceList(AgentStack, { namespace });
  return (
    <Section
      title="Agents"
      flush
      action={
        <DispatchButton organization={organization} repository={repository} size="small" variant="outlined" />
      }
    >
      <RunsTable
        organization={organization}
        list={runs}
        stacks={stacks.items}
        without={['repository']}
        limit={5}
        empty={{ title: 'No agent has worked here yet', children: 'Dispatch one, and follow it here.' }}
      />
    </Section>
  );
}
