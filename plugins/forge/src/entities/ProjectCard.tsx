import {
  EmptyState,
  Facts,
  Link,
  Problem,
  RelativeTime,
  ResourceTable,
  Section,
  SkeletonRows,
  StatusChip,
  TableColumn,
  useResource,
  useResourceList,
  useResourceOfEntity,
} from '@krate/plugin-control-plane-react';
import { KrateProject, PullRequest, Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { pullRequestPath, repositoryPath } from '../api/links';
import { pullRequestColumnsWithRepository } from '../pulls/columns';
import { isOpen } from '../pulls/PullRequestList';

const COLUMNS: readonly TableColumn<Repository>[] = [
  {
    name: 'Status',
    width: '130px',
    render: ({ spec, status }) => (
      <StatusChip status={spec.archived ? 'Archived' : (status?.phase ?? 'Pending')} />
    ),
  },
  { name: 'Last push', width: '110px', render: ({ status }) => <RelativeTime time={status?.lastPushAt} /> },
];

/** A project: how it stands, its repositories, and the pull requests that are open in them. */
export function ProjectCard() {
  const { organization, namespace, name } = useResourceOfEntity();
  const { object: project, loading, error } = useResource(KrateProject, namespace, name);
  const repositories = useResourceList(Repository, { namespace });
  const pulls = useResourceList(PullRequest, { namespace });
  const members = useMemo(() => new Set<string>(project?.spec.repositoryRefs), [project]);
  const own = useMemo(
    () => ({
      ...repositories,
      items: repositories.items.filter(({ metadata }) => members.has(metadata.name)),
    }),
    [repositories, members],
  );
  const open = useMemo(
    () => ({
      ...pulls,
      items: pulls.items.filter(pull => isOpen(pull) && members.has(pull.spec.repository)),
    }),
    [pulls, members],
  );
  if (error) return <Problem error={error} title="The project could not be read" />;
  if (loading) return <SkeletonRows rows={6} />;
  if (!project) return <EmptyState title="There is no such project, or you may not see it" />;
  const { spec, status } = project;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Section title="Project">
        <Facts
          facts={[
            ['State', <StatusChip key="state" status={status?.phase ?? 'Pending'} />],
            ['Team', spec.owner],
            ['Open issues', status?.openIssues?.toString()],
            ['Closed issues', status?.closedIssues?.toString()],
            ['Stacks', spec.stackRefs.join(', ')],
          ]}
        />
      </Section>
      <Section title="Repositories" flush>
        <ResourceTable
          label="Repositories"
          list={own}
          columns={COLUMNS}
          rowPath={({ metadata }) => repositoryPath(organization, metadata.name)}
          filterParameter={false}
          keyboard={false}
          empty={<EmptyState title="No repository belongs to this project yet" />}
        />
      </Section>
      <Section title="Open pull requests" flush>
        <ResourceTable
          label="Open pull requests"
          list={open}
          columns={pullRequestColumnsWithRepository.filter(({ name: column }) =>
            ['Repository', 'Author', 'Checks'].includes(column),
          )}
          titleColumn="Title"
          rowTitle={pull => pull.spec.title}
          rowPath={pull => pullRequestPath(organization, pull.metadata.name)}
          filterParameter={false}
          keyboard={false}
          empty={
            <EmptyState title="No pull request is open">
              Those of its repositories appear here.{' '}
              <Link to={`/orgs/${organization}/pull-requests`}>All</Link>
            </EmptyState>
          }
        />
      </Section>
    </Box>
  );
}
