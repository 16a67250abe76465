import {
  Duration,
  Link,
  ResourceList,
  StatusChip,
  TableColumn,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { KRATE_GROUP, Resource } from '@krate/resource-model';
import { pullRequestPath } from '../api/links';

/**
 * What the forge shows of an agent's run. The forge imports nothing of the agents (they build on it), so their kind is
 * addressed by name and read as far as this says.
 */
export type AgentRun = Resource<
  { repository: string; agentStack: string; requestedBy?: string },
  { phase?: string; pullRequest?: string; startedAt?: string; finishedAt?: string }
>;

export const AGENT_RUNS = { group: KRATE_GROUP, plural: 'agentdispatchruns' };

/** The runs of agents on a repository, live. */
export function useAgentRuns(namespace: string, repository: string): ResourceList<AgentRun> {
  return useResourceList(AGENT_RUNS, {
    namespace,
    fieldSelector: `spec.repository=${repository}`,
  }) as unknown as ResourceList<AgentRun>;
}

export function agentRunColumns(organization: string): readonly TableColumn<AgentRun>[] {
  return [
    {
      name: 'Status',
      width: '160px',
      render: ({ status }) => <StatusChip status={status?.phase ?? 'Pending'} />,
      text: ({ status }) => status?.phase ?? '',
    },
    { name: 'Stack', render: ({ spec }) => spec.agentStack, text: ({ spec }) => spec.agentStack },
    {
      name: 'Result',
      render: ({ status }) =>
        status?.pullRequest && (
          <Link
            to={pullRequestPath(organization, status.pullRequest)}
            sx={{ position: 'relative', zIndex: 1 }}
          >
            {status.pullRequest}
          </Link>
        ),
      text: ({ status }) => status?.pullRequest ?? '',
    },
    {
      name: 'Took',
      width: '80px',
      render: ({ status }) => <Duration from={status?.startedAt} to={status?.finishedAt} />,
    },
  ];
}
