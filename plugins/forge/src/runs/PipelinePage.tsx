import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  Duration,
  EmptyState,
  krateApiRef,
  Link,
  organizationPath,
  PageFrame,
  Problem,
  ResourceTab,
  ResourceTable,
  RouteTabs,
  SkeletonRows,
  StatusChip,
  TableColumn,
  useAccess,
  useOrganization,
  useResource,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Job, Pipeline } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { branchOf, pullRequestPath, repositoryPath, shortSha } from '../api/links';

const JOB_COLUMNS: readonly TableColumn<Job>[] = [
  {
    name: 'Status',
    width: '120px',
    render: job => <StatusChip status={job.status?.phase ?? 'Pending'} />,
    text: job => job.status?.phase ?? '',
  },
  { name: 'Failed at', render: job => job.status?.failedStep, text: job => job.status?.failedStep ?? '' },
  {
    name: 'Took',
    width: '90px',
    render: job => <Duration from={job.status?.startedAt} to={job.status?.finishedAt} />,
  },
];

const isOver = ({ status }: Pipeline) => ['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? '');

/** One run of a workflow: its jobs, each with its log. */
export function PipelinePage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const { object: pipeline, loading, error } = useResource(Pipeline, namespace, name);
  const jobs = useResourceList(Job, { namespace, fieldSelector: `spec.pipeline=${name}` });
  const path = organizationPath(organization, 'pipelines', name);
  if (!pipeline) {
    return (
      <PageFrame title={name} organization={organization}>
        {loading && <SkeletonRows rows={6} />}
        {error && <Problem error={error} title="The run could not be read" />}
        {!loading && !error && <EmptyState title="There is no such run, or you may not see it" />}
      </PageFrame>
    );
  }
  const { spec, status } = pipeline;
  return (
    <PageFrame
      title={`${spec.workflow} on ${shortSha(spec.sha)}`}
      organization={organization}
      crumbs={[
        { label: spec.repository, to: repositoryPath(organization, spec.repository) },
        { label: 'Runs', to: repositoryPath(organization, spec.repository, 'runs') },
      ]}
      lede={
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <StatusChip status={status?.phase ?? 'Pending'} />
          {spec.pullRequest ? (
            <Link to={pullRequestPath(organization, spec.pullRequest)}>{spec.pullRequest}</Link>
          ) : (
            <code>{branchOf(spec.ref)}</code>
          )}
          {spec.actor && <span>started by {spec.actor}</span>}
          <Duration from={status?.startedAt} to={status?.finishedAt} />
        </Box>
      }
      action={!isOver(pipeline) && <CancelButton pipeline={pipeline} namespace={namespace} />}
      tabs={
        <RouteTabs
          label="Parts of the run"
          value={tab ? `${path}/${tab}` : path}
          tabs={[
            { label: 'Jobs', to: path },
            { label: 'Resource', to: `${path}/resource` },
          ]}
        />
      }
    >
      {tab === 'resource' ? (
        <ResourceTab type={Pipeline} object={pipeline} />
      ) : (
        <ResourceTable
          label="Jobs"
          list={jobs}
          columns={JOB_COLUMNS}
          titleColumn="Job"
          rowTitle={job => job.spec.step}
          rowPath={job => organizationPath(organization, 'jobs', job.metadata.name)}
          filterParameter={false}
          empty={
            <EmptyState title="No job has started yet">They appear here when a runner has room.</EmptyState>
          }
        />
      )}
    </PageFrame>
  );
}

function CancelButton({ pipeline, namespace }: { pipeline: Pipeline; namespace: string }) {
  const api = useApi(krateApiRef);
  const access = useAccess('cancel', Pipeline, namespace, pipeline.metadata.name);
  const [error, setError] = useState<Error>();
  return (
    <Box>
      <AccessButton
        variant="outlined"
        size="small"
        access={access}
        permission={`cancel runs of ${pipeline.spec.repository}`}
        blocked={pipeline.spec.cancel && 'It is being cancelled.'}
        onClick={() =>
          api.patch(Pipeline, namespace, pipeline.metadata.name, { spec: { cancel: {} } }).catch(setError)
        }
      >
        Cancel
      </AccessButton>
      {error && <Problem error={error} />}
    </Box>
  );
}
