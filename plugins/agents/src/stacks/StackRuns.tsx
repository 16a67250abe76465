import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import { useResourceList } from '@krate/plugin-control-plane-react';
import { RunsTable } from '../runs/RunsTable';

/** The runs of one stack, latest first. */
export function StackRuns({
  organization,
  stack,
  limit,
}: {
  organization: string;
  stack: AgentStack;
  limit?: number;
}) {
  const { namespace, name } = stack.metadata;
  const list = useResourceList(AgentDispatchRun, { namespace, fieldSelector: `spec.agentStack=${name}` });
  return (
    <RunsTable
      organization={organization}
      list={list}
      stacks={[stack]}
      without={['stack']}
      limit={limit}
      empty={{
        title: 'This stack has not run yet',
        children: 'Dispatch it on a repository, and its runs are listed here.',
      }}
    />
  );
}
