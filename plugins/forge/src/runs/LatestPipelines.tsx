import {
  EmptyState,
  organizationPath,
  ResourceTable,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Pipeline } from '@krate/plugin-forge-common';
import { useMemo } from 'react';
import { latestPipelineFirst, pipelineColumns } from './pipelineColumns';

/** The first few pipelines of a repository, latest first. */
export function LatestPipelines({ repository, count = 5 }: { repository: string; count?: number }) {
  const { organization, namespace } = useRepository();
  const list = useResourceList(Pipeline, { namespace, fieldSelector: `spec.repository=${repository}` });
  const latest = useMemo(
    () => ({ ...list, items: [...list.items].sort(latestPipelineFirst).slice(0, count) }),
    [list, count],
  );
  const columns = useMemo(() => pipelineColumns(organization), [organization]);
  return (
    <ResourceTable
      label="Latest runs"
      list={latest}
      columns={columns}
      order={latestPipelineFirst}
      titleColumn="Workflow"
      rowTitle={run => run.spec.workflow}
      rowPath={run => organizationPath(organization, 'pipelines', run.metadata.name)}
      filterParameter={false}
      keyboard={false}
      empty={
        <EmptyState title="Nothing ran yet">
          A file <code>.krate/pipelines/test.yaml</code> in the repository says what runs on every push.
        </EmptyState>
      }
    />
  );
}
