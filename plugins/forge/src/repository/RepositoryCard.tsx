import {
  EmptyState,
  Facts,
  Link,
  Problem,
  RelativeTime,
  Section,
  SkeletonRows,
  StatusChip,
  useRepository,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { repositoryPath } from '../api/links';
import { CloneBox } from './CloneBox';

/** A repository in a few lines, for the catalog's overview. */
export function RepositoryCard() {
  const { organization, namespace, repository: name } = useRepository();
  const { object: repository, loading, error } = useResource(Repository, namespace, name);
  return (
    <Section title="Repository" action={<Link to={repositoryPath(organization, name)}>Open</Link>}>
      {loading && <SkeletonRows rows={3} />}
      {error && <Problem error={error} title="The repository could not be read" />}
      {!loading && !error && !repository && (
        <EmptyState title="There is no such repository, or you may not see it" />
      )}
      {repository && (
        <Box sx={{ display: 'grid', gap: 2 }}>
          <CloneBox cloneUrl={repository.status?.cloneUrl} sshUrl={repository.status?.sshUrl} />
          <Facts
            facts={[
              ['State', <StatusChip key="state" status={repository.status?.phase} />],
              ['Default branch', <code key="branch">{repository.spec.defaultBranch}</code>],
              [
                'Last push',
                repository.status?.lastPushAt && (
                  <RelativeTime key="push" time={repository.status.lastPushAt} />
                ),
              ],
            ]}
          />
        </Box>
      )}
    </Section>
  );
}
