import {
  EmptyState,
  ResourceTable,
  TableColumn,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import { useMemo } from 'react';
import { pullRequestPath } from '../api/links';
import { pullRequestColumns } from './columns';
import { isOpen, latestFirst } from './PullRequestList';

const SHORT: readonly TableColumn<PullRequest>[] = pullRequestColumns.filter(({ name }) =>
  ['Author', 'Review', 'Checks'].includes(name),
);

/** The first few open pull requests of a repository. */
export function OpenPullRequests({ repository }: { repository: string }) {
  const { organization, namespace } = useRepository();
  const list = useResourceList(PullRequest, { namespace, fieldSelector: `spec.repository=${repository}` });
  const open = useMemo(
    () => ({ ...list, items: list.items.filter(isOpen).sort(latestFirst).slice(0, 5) }),
    [list],
  );
  return (
    <ResourceTable
      label="Open pull requests"
      list={open}
      columns={SHORT}
      order={latestFirst}
      titleColumn="Title"
      rowTitle={pull => `${pull.spec.title} #${pull.spec.number ?? ''}`}
      rowPath={pull => pullRequestPath(organization, pull.metadata.name)}
      filterParameter={false}
      empty={<EmptyState title="Nothing is proposed at the moment" />}
    />
  );
}
