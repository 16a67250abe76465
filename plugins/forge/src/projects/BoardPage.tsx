import {
  EmptyState,
  FilterField,
  organizationPath,
  PageFrame,
  Problem,
  ResourceTab,
  RouteTabs,
  SkeletonRows,
  useAddressParameter,
  useOrganization,
  useResource,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Issue, KrateProject } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { useParams } from 'react-router-dom';
import { boardPath } from '../api/links';
import { IssueFilters } from '../issues/IssueFilters';
import { fits } from '../issues/issueFilters';
import { SavedIssueViews } from '../issues/SavedIssueViews';
import { useIssueFilter } from '../issues/useIssueFilter';
import { AddIssueButton } from './AddIssueButton';
import { Board } from './Board';

/** A project's board. */
export function BoardPage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const { object: project, loading, error } = useResource(KrateProject, namespace, name);
  const path = boardPath(organization, name);
  return (
    <PageFrame
      title={project?.spec.displayName ?? name}
      organization={organization}
      crumbs={[{ label: 'Projects', to: organizationPath(organization, 'projects') }]}
      lede={project?.spec.description}
      action={project && <AddIssueButton project={project} namespace={namespace} />}
      tabs={
        <RouteTabs
          label="Parts of the project"
          value={tab ? `${path}/${tab}` : path}
          tabs={[
            { label: 'Board', to: path },
            { label: 'Resource', to: `${path}/resource` },
          ]}
        />
      }
    >
      {loading && <SkeletonRows rows={8} />}
      {error && <Problem error={error} title="The project could not be read" />}
      {!loading && !error && !project && (
        <EmptyState title="There is no such project, or you may not see it" />
      )}
      {project && tab === 'resource' && <ResourceTab type={KrateProject} object={project} />}
      {project && tab === '' && (
        <FilteredBoard project={project} organization={organization} namespace={namespace} />
      )}
    </PageFrame>
  );
}

function FilteredBoard({
  project,
  organization,
  namespace,
}: {
  project: KrateProject;
  organization: string;
  namespace: string;
}) {
  const list = useResourceList(Issue, { namespace });
  const [filter, setFilter] = useIssueFilter();
  const [words, setWords] = useAddressParameter('q');
  const own = useMemo(
    () => list.items.filter(({ spec }) => spec.projectRefs.includes(project.metadata.name)),
    [list.items, project.metadata.name],
  );
  const shown = useMemo(
    () =>
      own.filter(
        issue => fits(issue, filter) && issue.spec.title.toLowerCase().includes(words.toLowerCase()),
      ),
    [own, filter, words],
  );
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <FilterField label="Filter the board" value={words} onChange={setWords} />
        <IssueFilters issues={own} filter={filter} onChange={setFilter} />
        <SavedIssueViews namespace={namespace} filter={filter} onChoose={setFilter} />
      </Box>
      {list.error && <Problem error={list.error} title="The issues could not be read" />}
      {list.loading ? (
        <SkeletonRows rows={8} />
      ) : (
        <Board project={project} issues={shown} organization={organization} namespace={namespace} />
      )}
    </Box>
  );
}
