import { EmptyState, ResourceTable, useResourceList } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import { ReactNode, useMemo } from 'react';
import { issuePath } from '../api/links';
import { issueColumns, issueColumnsWithRepository } from './columns';
import { IssueFilters } from './IssueFilters';
import { fits } from './issueFilters';
import { SavedIssueViews } from './SavedIssueViews';
import { useIssueFilter } from './useIssueFilter';

const latestFirst = (a: Issue, b: Issue) =>
  b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);

/** Issues of one repository, or of all, by a filter in the address. */
export function IssueList({
  organization,
  namespace,
  repository,
  action,
}: {
  organization: string;
  namespace: string;
  repository?: string;
  /** What makes the first one. */
  action?: ReactNode;
}) {
  const list = useResourceList(Issue, { namespace });
  const [filter, setFilter] = useIssueFilter();
  const own = useMemo(
    () =>
      list.items.filter(
        ({ spec }) =>
          !repository || spec.repository === repository || spec.repositoryRefs.includes(repository),
      ),
    [list.items, repository],
  );
  const shown = useMemo(
    () => ({ ...list, items: own.filter(issue => fits(issue, filter)) }),
    [list, own, filter],
  );
  return (
    <ResourceTable
      label="Issues"
      list={shown}
      columns={repository ? issueColumns : issueColumnsWithRepository}
      titleColumn="Title"
      rowTitle={({ spec }) => `${spec.title}${spec.number ? ` #${spec.number}` : ''}`}
      titleWidth="minmax(200px, 3fr)"
      rowPath={({ metadata }) => issuePath(organization, metadata.name)}
      order={latestFirst}
      filters={
        own.length > 0 && (
          <>
            <IssueFilters issues={own} filter={filter} onChange={setFilter} />
            <SavedIssueViews namespace={namespace} filter={filter} onChoose={setFilter} />
          </>
        )
      }
      empty={
        <EmptyState title={own.length > 0 ? 'No issue fits this filter' : 'No issues yet'} action={action}>
          An issue is something to be done or decided. A commit on the default branch that says “closes #2”
          closes it.
        </EmptyState>
      }
    />
  );
}
