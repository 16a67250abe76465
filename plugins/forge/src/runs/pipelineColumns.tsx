import { Duration, Link, RelativeTime, StatusChip, TableColumn } from '@krate/plugin-control-plane-react';
import { Pipeline } from '@krate/plugin-forge-common';
import { branchOf, pullRequestPath, shortSha } from '../api/links';

export const latestPipelineFirst = (a: Pipeline, b: Pipeline) =>
  b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);

/** Columns of a repository's pipelines. */
export function pipelineColumns(organization: string): readonly TableColumn<Pipeline>[] {
  return [
    {
      name: 'Status',
      width: '120px',
      render: run => <StatusChip status={run.status?.phase ?? 'Pending'} />,
      text: run => run.status?.phase ?? '',
    },
    {
      name: 'For',
      render: run =>
        run.spec.pullRequest ? (
          <Link
            to={pullRequestPath(organization, run.spec.pullRequest)}
            sx={{ position: 'relative', zIndex: 1 }}
          >
            {run.spec.pullRequest}
          </Link>
        ) : (
          branchOf(run.spec.ref)
        ),
      text: run => `${run.spec.pullRequest ?? ''} ${branchOf(run.spec.ref)}`,
    },
    {
      name: 'Commit',
      width: '90px',
      wideOnly: true,
      render: run => <code>{shortSha(run.spec.sha)}</code>,
      text: run => run.spec.sha,
    },
    {
      name: 'Took',
      width: '80px',
      render: run => <Duration from={run.status?.startedAt} to={run.status?.finishedAt} />,
    },
    {
      name: 'Started',
      width: '100px',
      wideOnly: true,
      render: run => <RelativeTime time={run.metadata.creationTimestamp} />,
    },
  ];
}
