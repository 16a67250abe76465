import {
  EmptyState,
  organizationPath,
  ResourceTable,
  Section,
  SectionGrid,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Pipeline } from '@krate/plugin-forge-common';
import { useMemo } from 'react';
import { AgentRun, agentRunColumns, useAgentRuns } from './agentRuns';
import { latestPipelineFirst, pipelineColumns } from './pipelineColumns';

const latestRunFirst = (a: AgentRun, b: AgentRun) =>
  b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);

/** Everything that runs on a repository, side by side and live: its pipelines and its agents. */
export function RunsTab() {
  const { organization, namespace, repository } = useRepository();
  const pipelines = useResourceList(Pipeline, { namespace, fieldSelector: `spec.repository=${repository}` });
  const runs = useAgentRuns(namespace, repository);
  const columns = useMemo(() => pipelineColumns(organization), [organization]);
  const runColumns = useMemo(() => agentRunColumns(organization), [organization]);
  return (
    <SectionGrid>
      <Section title="Pipelines" flush>
        <ResourceTable
          label="Pipelines"
          list={pipelines}
          columns={columns}
          order={latestPipelineFirst}
          titleColumn="Workflow"
          rowTitle={run => run.spec.workflow}
          rowPath={run => organizationPath(organization, 'pipelines', run.metadata.name)}
          filterParameter={false}
          empty={
            <EmptyState title="No pipeline ran yet">
              A file <code>.krate/pipelines/test.yaml</code> in the repository says what runs on every push
              and pull request.
            </EmptyState>
          }
        />
      </Section>
      <Section title="Agents" flush>
        <ResourceTable
          label="Runs of agents"
          list={runs}
          columns={runColumns}
          order={latestRunFirst}
          titleColumn="Run"
          rowPath={run => organizationPath(organization, 'runs', run.metadata.name)}
          filterParameter={false}
          keyboard={false}
          empty={
            <EmptyState title="No agent has worked here yet">
              Dispatch one from the top of this page.
            </EmptyState>
          }
        />
      </Section>
    </SectionGrid>
  );
}
